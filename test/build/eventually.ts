/** Waits until something is so, for as long as a busy machine may need. */
const PATIENCE_MILLISECONDS = 100_000

export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it never came about')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
