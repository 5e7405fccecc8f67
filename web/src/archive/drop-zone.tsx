/** Where files come in: the whole page takes what is dropped, and two buttons open the system's own choice of files or of a folder. */
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { type Gathered, gatherChosen, gatherDropped } from './gathered.js'

const WORDS = {
  zh: {
    drop: '把文件、文件夹或 zip 拖到本页任何地方',
    about: 'PDF、DOCX、HTML、TXT、MD、ZIP；类型按内容认，不看扩展名。断线后接着传，重复的自动跳过。',
    folder: '选文件夹',
    files: '选文件',
    here: '松手即可',
    reading: '正在清点文件…',
  },
  en: {
    drop: 'Drop files, folders or a zip anywhere on this page',
    about:
      'PDF, DOCX, HTML, TXT, MD, ZIP; told by content, not by name. Goes on after a broken connection; skips what is in.',
    folder: 'Choose folder',
    files: 'Choose files',
    here: 'Let go to add them',
    reading: 'Counting files…',
  },
}

export function DropZone({ onGathered }: { readonly onGathered: (gathered: Gathered) => void }) {
  const words = useWords(WORDS)
  const { isOver, isGathering } = useDropAnywhere(onGathered)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const choose = (input: HTMLInputElement) => {
    if (input.files !== null && input.files.length > 0) onGathered(gatherChosen(input.files))
    input.value = ''
  }
  return (
    <section className={isOver ? 'arc-drop over' : 'arc-drop'} aria-label={words.drop}>
      <span className="arc-drop-icon">
        <Icon name="upload" />
      </span>
      <div className="arc-drop-words">
        <b>{isOver ? words.here : words.drop}</b>
        <p className="s2 xs" aria-live="polite">
          {isGathering ? words.reading : words.about}
        </p>
      </div>
      <span className="sp" />
      <input
        ref={(input) => {
          folder.current = input
          // React knows no such attribute.
          if (input !== null) input.webkitdirectory = true
        }}
        type="file"
        hidden
        multiple
        aria-label={words.folder}
        onChange={({ currentTarget }) => choose(currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label={words.files}
        onChange={({ currentTarget }) => choose(currentTarget)}
      />
      <button type="button" className="btn" onClick={() => folder.current?.click()}>
        {words.folder}
      </button>
      <button type="button" className="btn p" onClick={() => files.current?.click()}>
        {words.files}
      </button>
    </section>
  )
}

function useDropAnywhere(onGathered: (gathered: Gathered) => void) {
  const [isOver, setOver] = useState(false)
  const [isGathering, setGathering] = useState(false)
  const latest = useRef(onGathered)
  latest.current = onGathered
  useEffect(() => {
    // Entering a part of the page comes before leaving the one before.
    let depth = 0
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth -= 1
      if (depth <= 0) setOver(false)
    }
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      depth = 0
      setOver(false)
      setGathering(true)
      gatherDropped(event.dataTransfer)
        .then((gathered) => latest.current(gathered))
        .finally(() => setGathering(false))
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return { isOver, isGathering }
}
