/** The cell under the pointer, told to the few that show it without anything else being drawn anew. */
export class Pointed {
  #fact: string | null = null
  readonly #listeners = new Set<(fact: string | null) => void>()

  readonly subscribe = (listener: (fact: string | null) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly fact = (): string | null => this.#fact

  point(fact: string | null): void {
    if (fact === this.#fact) return
    this.#fact = fact
    for (const listener of this.#listeners) listener(fact)
  }
}
