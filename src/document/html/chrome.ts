/**
 * What of a page belongs to the site and not to the text published on it: navigation, breadcrumbs, share and print bars, footers.
 *
 * Judged by how much of an element is links, by its tag, role and name, and line by line by what such lines say. An element that
 * holds a good part of the page's own text is never chrome, whatever it is called, and what is in doubt is left in the text: a
 * stray line costs a reader a glance, a lost paragraph costs the reading.
 *
 * The main part is the innermost element that still holds most of the page's own text. Outside of it less evidence is enough.
 */
import { isLayoutTable } from './layout-table.js'
import type { Measure, Survey } from './survey.js'
import { attribute, type Element, isElement, isText } from './tree.js'

/** Share of the page's own text that the main part holds; share from which nothing is chrome. */
const MAIN_SHARE = 0.8
const BULK_SHARE = 0.3

const CONTAINERS = new Set([
  'div',
  'section',
  'article',
  'main',
  'td',
  'center',
  'form',
  'table',
  'blockquote',
  'dl',
  'dd',
])
const NAMED = new Set(['div', 'section', 'ul', 'ol', 'dl', 'table', 'form', 'td'])
const ROLES = /^(navigation|contentinfo|banner|search|complementary)$/

const word = (words: string) => new RegExp(`(?:^|[^a-z])(?:${words})(?:[^a-z]|$)`, 'i')
const SITE_NAMES = word(
  `nav|navbar|navigation|menu|bread|crumbs?|breadcrumbs?|position|location|dqwz|weizhi|wz|share|bdsharebuttonbox|footer|foot|
   copyright|sidebar|toolbar|tools|print|qrcode|ewm|erweima|pager|pagination|login|search|links?|friendlinks?|yqlj|related|
   top|topbar|header|head|bottom|banner`.replace(/\s+/g, ''),
)
const INNER_NAMES = word(
  'crumbs?|breadcrumbs?|position|location|dqwz|share|bdsharebuttonbox|print|qrcode|ewm|erweima|pager|pagination',
)

export class Chrome {
  readonly main: Element | null
  readonly #measures: ReadonlyMap<Element, Measure>
  readonly #pageChars: number
  readonly #ownChars: number
  readonly #aroundMain = new Set<Element>()
  readonly #title: string

  constructor({ body, measures, declaredTitle }: Survey) {
    this.#measures = measures
    const page = body === null ? undefined : measures.get(body)
    this.#pageChars = page?.chars ?? 0
    this.#ownChars = page === undefined ? 0 : own(page)
    this.#title = longestPart(declaredTitle ?? '')
    const main = page === undefined ? null : findMain(page)
    this.main = main?.element ?? null
    for (let around: Measure | null = main; around !== null; around = around.parent)
      this.#aroundMain.add(around.element)
  }

  /** Pages hide what a script shows later: hidden is only what leaves most of the page to be seen. */
  mayHide(element: Element): boolean {
    return (this.#measures.get(element)?.chars ?? 0) * 2 < this.#pageChars
  }

  /** Whether the element belongs to the site, with all that is in it. */
  isChrome(element: Element, inMain: boolean): boolean {
    const measure = this.#measures.get(element)
    if (measure === undefined || measure.chars === 0 || this.#aroundMain.has(element)) return false
    if (own(measure) > BULK_SHARE * this.#ownChars && measure.linkChars < measure.chars) return false
    return (
      isSiteTag(measure, inMain) ||
      isLinks(measure, inMain) ||
      isAttachment(measure) ||
      this.#isNamedChrome(measure, inMain)
    )
  }

  #isNamedChrome(measure: Measure, inMain: boolean): boolean {
    const { element, chars, cells, headings } = measure
    if (!NAMED.has(element.tagName) || headings > 0) return false
    const names = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`
    if (names === ' ') return false
    if (inMain) return chars <= 200 && cells === 0 && INNER_NAMES.test(names)
    if (chars > 600 || cells > 12 || !SITE_NAMES.test(names)) return false
    const text = textOf(element)
    return CRUMBS.test(text) || this.#title === '' || !text.includes(this.#title)
  }
}

/** Walks inwards as long as one element holds nearly all of the text. A table that is one is not walked into. */
function findMain(page: Measure): Measure | null {
  let main = page
  while (true) {
    const inner = main.children.find((child) => own(child) >= MAIN_SHARE * own(page) && own(child) > 0)
    if (inner === undefined || !CONTAINERS.has(inner.element.tagName)) break
    if (inner.element.tagName === 'table' && !isLayoutTable(inner)) break
    main = inner
  }
  return main === page ? null : main
}

function own({ chars, linkChars }: Measure): number {
  return chars - linkChars
}

function isSiteTag({ element, headings, chars }: Measure, inMain: boolean): boolean {
  const role = attribute(element, 'role')
  if (role !== null && ROLES.test(role)) return true
  if (element.tagName === 'nav') return true
  if (inMain && chars > 200) return false
  if (element.tagName === 'footer' || element.tagName === 'aside') return true
  return element.tagName === 'header' && headings === 0 && !inMain
}

function isLinks({ links, linkChars, chars, element }: Measure, inMain: boolean): boolean {
  if (element.tagName === 'body' || links < 2) return false
  return inMain ? links >= 3 && linkChars >= 0.8 * chars : linkChars >= 0.6 * chars
}

const FILE = /\.(docx?|wps|pdf|ofd|xlsx?|et|rar|zip|7z|txt|ceb)([?#].*)?$/i
const ATTACHMENT = /^(?:相关)?附件(?:下载)?[\d一二三四五六七八九十]*[:：.、]?/

/** A line that only offers files to download. */
function isAttachment({ element, links, linkChars, chars }: Measure): boolean {
  if (links === 0 || chars > 200 || linkChars < 0.6 * chars) return false
  if (chars - linkChars > 0 && !ATTACHMENT.test(textOf(element))) return false
  return linksIn(element).every((link) => FILE.test(attribute(link, 'href') ?? ''))
}

const CRUMBS = /^(?:(?:您|你)?(?:现在|当前|目前)?的?(?:所在)?的?位置[:：]|首页(?:[>»＞›/]|-+>?))/
const BAR_WORDS = new RegExp(
  [
    '打印(?:本页|此页|页面)?',
    '关闭(?:窗口|本页|页面)?',
    '收藏(?:本页)?|加入收藏|设为首页',
    '(?:一键)?分享(?:到|文章)?',
    '微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|人人网|朋友圈|复制链接',
    '返回(?:顶部|列表|首页|上一?页)?',
    '字体|字号|文字大小|大|中|小|放大|缩小|默认|特大',
    '视力保护色|无障碍(?:浏览)?|长者(?:助手|模式|版)|语音播报|朗读',
    '我要(?:纠错|打印|收藏)|纠错',
    '扫一扫.{0,20}|.{0,8}二维码.{0,12}',
  ].join('|'),
  'g',
)
const BAR_MARKS = /[【】[\]()（）:：|｜丨·、,，/+\-A]/g
const NEIGHBOUR = /^(?:上一[篇条页]|下一[篇条页]|相关(?:链接|文章|新闻|文档|稿件|阅读|信息)(?:[:：]|$))/
const ORIGIN_LABEL =
  /(?:发布(?:日期|时间|机构|单位)|(?:发文|成文|公开|生成)日期|更新时间|信息?来源|稿源|(?:浏览|访问|点击|阅读)(?:次数|量|数|率)|作者|责任编辑|责编|编辑|审核|字体|字号|索引号|发文字号|文号|主题词|信息分类)[:：]/g
const FOOTER =
  /版权所有|网站标识码|ICP备|ICP证|公网安备|Copyright|AllRightsReserved|网站地图|建议使用.{0,20}浏览器|^(?:主办|主办单位|承办|承办单位|技术支持|运维单位)[:：]/i

export type ChromeLine = 'bar' | 'footer'

/** A line of its own that a site puts around any text; null when it may be part of the text. */
export function chromeLine(line: string): ChromeLine | null {
  if (line.length > 300) return null
  const text = line.replace(/\s+/g, '')
  if (text.length <= 200 && FOOTER.test(text)) return 'footer'
  if (text.length <= 80 && (CRUMBS.test(text) || isBar(text) || NEIGHBOUR.test(text))) return 'bar'
  const labels = text.length <= 160 ? (text.match(ORIGIN_LABEL)?.length ?? 0) : 0
  if (labels >= 2 || (labels === 1 && text.length <= 30 && text.search(ORIGIN_LABEL) === 0)) return 'bar'
  return null
}

/** Only words such as 打印 and 大 中 小; marks alone may be a value. */
function isBar(text: string): boolean {
  const rest = text.replace(BAR_WORDS, '')
  return text.length >= 2 && rest !== text && rest.replace(BAR_MARKS, '') === ''
}

/** 某局2023年年度报告 - 某市人民政府 → the part that is longest, without white space. */
function longestPart(title: string): string {
  return title
    .split(/[-_|—–>]/)
    .map((part) => part.replace(/\s+/g, ''))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

function textOf(element: Element): string {
  let text = ''
  for (const node of nodesIn(element)) if (isText(node)) text += node.value
  return text.replace(/\s+/g, '')
}

function linksIn(element: Element): Element[] {
  const links: Element[] = element.tagName === 'a' ? [element] : []
  for (const node of nodesIn(element)) if (isElement(node) && node.tagName === 'a') links.push(node)
  return links
}

function* nodesIn(element: Element) {
  const stack = [...element.childNodes].reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node
    if (isElement(node)) stack.push(...[...node.childNodes].reverse())
  }
}
