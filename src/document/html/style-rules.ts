/**
 * The text of style sheets → what each simple selector declares.
 *
 * Only rules with one simple selector (p, .MsoTitle, p.MsoTitle, #zoom), which is what Word and WPS write. Everything else of CSS is
 * left out on purpose: conditional rules (@media …) and rules for a place in the tree say more about the site than about the text.
 */
const SIMPLE_SELECTOR = /^(?:[a-z][\w-]*)?(?:[.#][\w-]+)?$/i
const MOST_CSS = 500_000

/** From a selector such as p, .MsoTitle or #zoom to all that is declared for it. */
export function readRules(css: readonly string[]): Map<string, string> {
  const rules = new Map<string, string>()
  for (const { selectors, body } of rulesIn(css.join('\n').slice(0, MOST_CSS))) {
    for (const selector of selectors.split(',')) {
      const name = selector.trim()
      if (!SIMPLE_SELECTOR.test(name)) continue
      const at = name.search(/[.#]|$/)
      const key = name.slice(0, at).toLowerCase() + name.slice(at)
      const before = rules.get(key)
      rules.set(key, before === undefined ? body : `${before};${body}`)
    }
  }
  return rules
}

/** Rules at the top level; what stands within @media and the like is passed over. */
function* rulesIn(css: string): Generator<{ selectors: string; body: string }> {
  const text = withoutComments(css)
  let from = 0
  let depth = 0
  let selectors = ''
  for (const { 0: mark, index } of text.matchAll(/[{};]/g)) {
    if (mark === '{') {
      if (depth === 0) selectors = text.slice(from, index).trim()
      depth++
    } else if (mark === '}') {
      depth = Math.max(0, depth - 1)
      if (depth === 0 && !selectors.startsWith('@')) yield { selectors, body: text.slice(from, index) }
    } else if (depth > 0) {
      continue
    }
    from = index + 1
  }
}

function withoutComments(css: string): string {
  return css
    .split('/*')
    .map((part, index) => (index === 0 ? part : part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : ''))
    .join(' ')
    .replace(/<!--|-->/g, ' ')
}
