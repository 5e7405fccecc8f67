/**
 * The name that came with a file → one that can be shown and compared.
 *
 * A name is only ever a label: nothing is written under it, and files are known by their sha256. It is cleaned all the same, since
 * others write files by it, and since what cannot be seen can deceive (a bidi override makes cod.exe of exe.doc). Folders stay, as a
 * delivery often says by them whose report it is; ways out of the delivery ('..', a drive, a leading slash) go. Composed letters
 * (NFC) make a file that came by macOS the same line of a receipt as the one that came by Windows.
 */
/** Surrogates without their other half are none of Unicode's characters: the database would keep something else. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\ufeff]/gu
const NO_FOLDER = /^(\s*|\.{1,2}|[A-Za-z]:)$/
const LONGEST_NAME = 1_000

export function cleanFileName(name: string): string {
  const parts = name
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .map((part) => part.trim())
    .filter((part) => !NO_FOLDER.test(part))
  // Of a name that is too long, its end says more: the file, and what kind it is.
  const clean = Array.from(parts.join('/')).slice(-LONGEST_NAME).join('')
  return clean === '' ? '未命名文件' : clean
}
