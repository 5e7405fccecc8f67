/**
 * Printed labels → how well they fit the labels of a form.
 *
 * Labels are folded before they are compared: width, white space, quotes and punctuation carry no meaning, and the leading
 * enumerator is only a hint, because it restarts in every group. A ratio of edits alone confuses short labels that differ in
 * the very word that matters (予以公开 / 部分公开), so a fuzzy fit needs most of the characters, and a printed label only
 * ever stands for the form's label that fits it best.
 */
import type { Label, Leaf } from './form.js'
import { remembered } from './remembered.js'

/** Below this a printed label is another label. */
const ALIKE = 0.72
/** How alike labels are that no edit sets apart any more, as against equal ones. */
const FEW_EDITS = 0.98
const CIRCLED = /^[①-⑳]/
const ENUMERATOR =
  /^(?:第?[一二三四五六七八九十]+、|[一二三四五六七八九十]+[.．]|\([一二三四五六七八九十]+\)|\(?\d{1,2}[.、)]|其中:?)/
const WHITE_SPACE = /[\s\u00a0\u3000\u200b-\u200d\u2060\ufeff]+/g
const SILENT = /["'“”‘’「」『』《》〈〉<>,.;:、。，．；：·()[\]【】\-—_/]/g

export interface FoldedLabel {
  readonly enumerator: string
  readonly core: string
}

export const withoutSpace = remembered((text: string): string => text.replace(WHITE_SPACE, ''))

export const foldLabel = remembered((text: string): FoldedLabel => {
  const bare = withoutSpace(text).replace(CIRCLED, '')
  const folded = bare.normalize('NFKC').replaceAll('其它', '其他')
  const enumerator = ENUMERATOR.exec(folded)?.[0] ?? ''
  const core = folded.slice(enumerator.length).replace(SILENT, '')
  return { enumerator: enumerator.replace(SILENT, ''), core }
})

/** The labels of a form, folded once. */
export class LabelFit<T extends Label> {
  private readonly forms: readonly { readonly index: number; readonly folded: FoldedLabel }[]
  private readonly exact = new Map<string, number[]>()

  constructor(readonly labels: readonly T[]) {
    this.forms = labels.flatMap((label, index) =>
      [label.label, ...(label.variants ?? [])].map((text) => ({ index, folded: foldLabel(text) })),
    )
    for (const { index, folded } of this.forms) {
      const known = this.exact.get(folded.core)
      if (known === undefined) this.exact.set(folded.core, [index])
      else if (!known.includes(index)) known.push(index)
    }
  }

  isExact(text: string): boolean {
    const { core } = foldLabel(text)
    return core !== '' && this.exact.has(core)
  }

  /** For each label of the form from 0 (another label) to 1 (the same words and enumerator). */
  readonly score = remembered((text) => this.measure(foldLabel(text)))

  private measure(printed: FoldedLabel): readonly number[] {
    const scores = new Array<number>(this.labels.length).fill(0)
    if (printed.core === '') return scores
    const exact = this.exact.get(printed.core)
    for (const { index, folded } of this.forms) {
      if (exact !== undefined && !exact.includes(index)) continue
      const alike = exact === undefined ? fuzzy(printed.core, folded.core) : printed.core === folded.core ? 1 : 0
      if (alike < ALIKE) continue
      const score = printed.enumerator === folded.enumerator ? alike : alike - 0.03
      scores[index] = Math.max(scores[index] ?? 0, score)
    }
    const best = Math.max(...scores)
    return scores.map((score) => (score >= best - 0.05 ? score : 0))
  }
}

/** How far the labels around a label bear out or contradict which leaf of the form it is. */
export class GroupFit {
  private readonly groups: readonly Label[]
  private readonly fit: LabelFit<Label>
  /** For each leaf the numbers of the groups that it lies in. */
  private readonly within: readonly ReadonlySet<number>[]

  constructor(leaves: readonly Leaf<Label>[]) {
    this.groups = [...new Set(leaves.flatMap((leaf) => leaf.path.slice(0, -1)))]
    this.fit = new LabelFit(this.groups)
    this.within = leaves.map((leaf) => new Set(leaf.path.slice(0, -1).map((group) => this.groups.indexOf(group))))
  }

  /** For each leaf: `bonus` where one of its groups is printed, `-malus` where only another one is, else 0. */
  weigh(printed: readonly string[], bonus: number, malus: number): readonly number[] {
    const scores = printed.map((text) => this.fit.score(text)).filter((own) => own.some((score) => score > 0))
    if (scores.length === 0) return this.within.map(() => 0)
    return this.within.map((own) => {
      if (scores.some((groups) => groups.some((score, group) => score > 0 && own.has(group)))) return bonus
      return scores.some((groups) => groups.some((score) => score > 0.9)) ? -malus : 0
    })
  }
}

/** How alike two folded labels are: equal, one cut out of the other, or few edits apart; 0 when surely below ALIKE. */
function fuzzy(printed: string, form: string): number {
  if (printed === form) return 1
  if (form.length < 3 || printed.length < 3) return 0
  if (printed.endsWith(form) && form.length >= 4) return 0.9
  if (form.startsWith(printed) && printed.length >= 4 && printed.length >= form.length * 0.4) return 0.85
  if (printed.startsWith(form) && form.length >= 4) return 0.85
  const longer = Math.max(printed.length, form.length)
  const most = Math.floor(longer * (1 - ALIKE / FEW_EDITS))
  if (Math.abs(printed.length - form.length) > most || fewestEdits(printed, form) > most) return 0
  return FEW_EDITS * (1 - editDistance(printed, form) / longer)
}

/** No more than their distance, and told at a glance: each character of one that the other lacks is an edit. */
function fewestEdits(a: string, b: string): number {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  let shared = 0
  for (const character of longer) if (shorter.includes(character)) shared += 1
  return longer.length - shared
}

/** Levenshtein distance. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
