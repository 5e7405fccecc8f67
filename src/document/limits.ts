/**
 * All limits in one place. What goes over one ends in a failure whose code stands beside it, never in a stall or a crash.
 * Sizes are in bytes, times in milliseconds. A real report has 3-30 pages, up to some 40 MB when it is scanned.
 */
export const LIMITS = {
  /** too_large: one file as uploaded. */
  fileBytes: 256 * 2 ** 20,
  /** too_large: what one package (DOCX) or one archive may inflate to, and by how much. */
  inflatedBytes: 512 * 2 ** 20,
  inflationRatio: 200,
  /** Below this many bytes inflated, the ratio is not looked at: blank XML compresses well. */
  inflationFloor: 16 * 2 ** 20,
  /** too_large: members of one archive; archives within archives. */
  archiveMembers: 20_000,
  archiveDepth: 2,
  /** too_large. */
  pages: 2_000,
  glyphsPerPage: 200_000,
  pathsPerPage: 200_000,
  /** too_large: cells of one document, nesting of mark-up, elements that a page of mark-up becomes. */
  cells: 500_000,
  markupDepth: 2_000,
  markupElements: 1_000_000,
  textCharacters: 50_000_000,
  /** out_of_memory: the memory of the PDF engine, and of the whole worker. */
  pdfEngineBytes: 256 * 2 ** 20,
  workerBytes: 1_500 * 2 ** 20,
  /** Of a picture of a page: a larger one is drawn smaller. 300 dots an inch are 17 million on A3. */
  picturePixels: 20_000_000,
  pictureDpi: { least: 36, most: 300 },
  /** timeout: one page, for somebody who waits for it. */
  pageMilliseconds: 20_000,
  /** timeout: one file in a worker. */
  fileMilliseconds: 60_000,
} as const
