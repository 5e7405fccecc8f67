/** A step of migrations.ts: statements that are done together or not at all, once. */
export interface Step {
  readonly name: string
  readonly statements: readonly string[]
}
