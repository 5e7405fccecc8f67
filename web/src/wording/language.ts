export type Language = 'zh' | 'en'

/** A table of words: what `zh` has, `en` must have, of the same kind. */
export interface Words<Table> {
  readonly zh: Table
  readonly en: Table
}
