/**
 * What was dropped, or chosen → files, each with its path within the delivery. Folders are walked through to the end.
 *
 * Left out is what systems put into folders for themselves, and said how many of those there were. Entries of a drop are readable only
 * within its event, so they are taken before anything is waited for.
 */
export interface Gathered {
  /** What the delivery may be called: the one folder or archive, where it is one. */
  readonly name: string | null
  readonly files: readonly GatheredFile[]
  readonly leftOut: number
}

export interface GatheredFile {
  readonly path: string
  readonly file: File
}

const OF_SYSTEMS = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/i

export async function gatherDropped(transfer: DataTransfer): Promise<Gathered> {
  const entries: FileSystemEntry[] = []
  const loose: File[] = []
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    const file = entry === null ? item.getAsFile() : null
    if (entry !== null) entries.push(entry)
    else if (file !== null) loose.push(file)
  }
  const found: GatheredFile[] = loose.map((file) => ({ path: file.name, file }))
  for (const entry of entries) {
    for await (const file of filesUnder(entry)) found.push(file)
  }
  return gather(found)
}

/** Of a field for files or for a folder. */
export function gatherChosen(files: FileList): Gathered {
  return gather([...files].map((file) => ({ path: file.webkitRelativePath || file.name, file })))
}

function gather(found: readonly GatheredFile[]): Gathered {
  const files = found.filter(({ file }) => !OF_SYSTEMS.test(file.name))
  return { name: commonName(files), files, leftOut: found.length - files.length }
}

function commonName(files: readonly GatheredFile[]): string | null {
  const tops = new Set(files.map(({ path }) => path.split('/')[0] ?? ''))
  const [top] = tops
  if (top === undefined || tops.size > 1) return null
  return top.replace(/\.[^.]{1,10}$/, '')
}

async function* filesUnder(entry: FileSystemEntry): AsyncGenerator<GatheredFile, void, undefined> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    yield { path: entry.fullPath.replace(/^\//, ''), file }
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  while (true) {
    // Some hundred at a time, and none when there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const each of some) yield* filesUnder(each)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
