/** How wide an element is drawn, so that a plot in it can be drawn in points of the screen, with type of its true size. */
import { type RefObject, useEffect, useRef, useState } from 'react'

export function useWidth<Of extends Element>(first: number): [RefObject<Of | null>, number] {
  const element = useRef<Of>(null)
  const [width, setWidth] = useState(first)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([seen]) => {
      if (seen !== undefined && seen.contentRect.width > 0) setWidth(Math.round(seen.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}
