/** What a sample is made of before it is written as a file: blocks in reading order, and the figures that its tables print. */

export type Block =
  | { readonly kind: 'title'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly ordinal: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'caption'; readonly text: string }
  | { readonly kind: 'table'; readonly table: SampleTable }

export interface SampleTable {
  /** Relative, one a column. */
  readonly widths: readonly number[]
  readonly rowCount: number
  /** Rows at the top that hold no figures and are printed again on the next page; 0: the table has several headers. */
  readonly headerRows: number
  /** By row, then column; every position is covered once. */
  readonly cells: readonly SampleCell[]
}

export interface SampleCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly text: string
  readonly kind: 'label' | 'figure'
  /** Set from top to bottom. */
  readonly upright?: true
}

/** What the page prints in each data cell, by the key of its fact: the measure of what is read from it. */
export type Printed = ReadonlyMap<string, string>

export interface SampleReport {
  readonly organ: string
  readonly year: number
  readonly title: string
  readonly blocks: readonly Block[]
  readonly printed: Printed
}
