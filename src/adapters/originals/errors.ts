/** What is wrong with one original; trouble with the place that all of them lie in is thrown as it comes. */

export class OriginalMissing extends Error {
  override readonly name = 'OriginalMissing'

  constructor(readonly sha256: string) {
    super(`原件不在存储中 (original missing): ${sha256}`)
  }
}

export class OriginalDamaged extends Error {
  override readonly name = 'OriginalDamaged'

  /** `detail`: in what the bytes differ. */
  constructor(
    readonly sha256: string,
    readonly detail: string,
  ) {
    super(`原件与收到时不同 (original damaged): ${sha256}（${detail}）`)
  }
}
