/** The signs of the page, drawn on a grid of 16: always beside words, and silent to readers of the screen. */
const PATHS = {
  tick: 'M3 8.5l3.2 3L13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  flag: 'M4 14V2.5M4 3h8l-2 2.7 2 2.8H4',
  left: 'M10 4L6 8l4 4',
  right: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4L13.6 13.6',
  upload: 'M8 10.4V2.7M4.8 5.9L8 2.7l3.2 3.2M2.8 10.8v2.4h10.4v-2.4',
  download: 'M8 2.5v7.7M4.8 7.2L8 10.4l3.2-3.2M2.8 10.8v2.4h10.4v-2.4',
  file: 'M4 1.8h5l3 3v9.4H4zM9 1.8v3h3',
  copies: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.4',
  lock: 'M3.2 7h9.6v6.6H3.2zM5.2 7V5a2.8 2.8 0 0 1 5.6 0v2',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.8-4.1L2.5 5.5M2.5 2.6v2.9h2.9M8 5v3.2l2 1.2',
  help: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM6.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.6-.9 1.3M8 11.5v.1',
  moon: 'M13 9.6A5.6 5.6 0 1 1 6.4 3a4.5 4.5 0 0 0 6.6 6.6z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1',
  note: 'M3 3h10v7.5H7L4.5 13v-2.5H3z',
  warning: 'M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.8v.1',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  boxes: 'M2.5 4h4.5v8H2.5zM9 4h4.5v8H9z',
  retry: 'M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.8V6H9.8',
  person: 'M8 8.2a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.8 13.6a5.3 5.3 0 0 1 10.4 0',
  key: 'M6 10a3 3 0 1 0-.1-.1L12.5 3.5M10.5 5.5l2 2',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
