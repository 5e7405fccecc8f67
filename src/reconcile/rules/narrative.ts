/**
 * What the prose says in figures, and which figures of the tables it must agree with.
 *
 * The patterns run on normalised prose (prose.ts): no white space, ASCII digits and brackets, full-width clause marks. They are
 * put together from the phrases that recur, because one phrase, such as the ways to name a request, is used by many of them.
 */
import { minus, type NarrativeRule, type ProseSumRule, type YearOnYearRule } from '../rule.js'

const FIGURE = '(?<n>\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百千]+)(?<approx>余|多)?'
const COUNTER = '(?:件|份|条|起|宗|项|例|人次|次)'
/** 收到、办理了公民、法人和其他组织提出的 … */
const FROM_WHOM =
  '(?:[、和及与](?:办理|处理|受理|答复))?了?(?:各类|书面|有效)?(?:公民、法人(?:和|或者?|及)其他组织)?(?:提出的|提交的|的)?'
const REQUEST =
  '(?:(?:政府|政务)?信息(?:依申请)?公开(?:的)?申请|(?:政府|政务)?信息依申请公开|依申请公开(?:政府信息|信息)?(?:的)?(?:申请|请求)?|依申请信息|政府信息申请|公开政府信息(?:的)?申请)'
const AMOUNT = `(?:办理)?(?:事项|案件|件数|数量|总数|件)?(?:共计|合计|总计|共|为|[:：])?${FIGURE}${COUNTER}`
const CASES = `(?:共计|共|为)?${FIGURE}(?:件|起|宗|次|例)`

const requests = (verb: string): RegExp => new RegExp(`${verb}${FROM_WHOM}${REQUEST}${AMOUNT}`, 'g')
const pattern = (source: string): RegExp => new RegExp(source, 'g')

const NEW = ['requests.new.total']
const NEW_AND_CARRIED_IN = ['requests.new.total', 'requests.carried_in.total']
const OUTCOME = ['requests.outcome.total.total']
const LITIGATION = ['litigation.direct.total', 'litigation.after_review.total']

const SINCE_2019 = ['2019', '2021'] as const
const ALL = ['2014', '2019', '2021'] as const

function outcome(id: string, phrase: string, name: string, key: string): NarrativeRule {
  return {
    id,
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: `正文“${name}N件”＝表三相应行总计`,
    patterns: [pattern(`${phrase}(?:的|答复)?(?:有|共)?${FIGURE}(?:件|份|条|(?=[,，;；。]))`)],
    cues: [name, name.replace('他', '它')],
    states: 'figure',
    accepts: [[key]],
    context: /申请/,
  }
}

/** 行政复议7件，其中结果维持5件 … */
function result(kind: 'REVIEW' | 'LITIGATION', measure: string, name: string): NarrativeRule {
  const review = kind === 'REVIEW'
  const cases = review ? '行政复议' : '行政诉讼'
  return {
    id: `N-${kind}-${measure.toUpperCase()}`,
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: `正文${cases}“${name}N件”＝表四${review ? '' : '两类诉讼之和'}`,
    patterns: [pattern(`${cases}(?:类)?(?:案件)?\\d+件[,，]其中(?:[^。;；]*?[,，])?${name}${FIGURE}件`)],
    cues: [name],
    states: 'figure',
    accepts: [review ? [`review.${measure}`] : [`litigation.direct.${measure}`, `litigation.after_review.${measure}`]],
  }
}

function documents(id: string, vintages: NarrativeRule['vintages'], title: string, phrase: string, measure: string) {
  return {
    id,
    kind: 'narrative',
    level: 'warning',
    vintages,
    title,
    patterns: [pattern(`${phrase}${FIGURE}(?:件|份|个)`)],
    cues: ['文件'],
    states: 'figure',
    accepts: [[`proactive.normative_documents.${measure}`]],
  } as const satisfies NarrativeRule
}

export const narrativeRules: readonly NarrativeRule[] = [
  {
    id: 'N-NEW',
    kind: 'narrative',
    level: 'warning',
    vintages: ALL,
    title: '正文“新收（新受理）…申请N件”＝表三本年新收总计',
    patterns: [requests('(?:新收到|新收|新受理|新增)')],
    cues: ['新收', '新受理', '新增'],
    states: 'figure',
    accepts: [NEW],
    isTotal: true,
  },
  {
    id: 'N-RECEIVED',
    kind: 'narrative',
    level: 'warning',
    vintages: ALL,
    title: '正文“收到/受理政府信息公开申请N件”＝表三本年新收总计',
    patterns: [
      requests('(?<!新|不予|未予)(?:收到|接到|接收|受理)'),
      pattern(
        `(?<!新|不予|未予)(?:收到|接到|接收|受理)了?${FIGURE}(?:件|份|条|起|宗|项)[^,，。;；、\\d]{0,8}(?:政府|政务)?信息公开(?:的)?申请`,
      ),
    ],
    cues: ['收到', '接到', '接收', '受理'],
    states: 'figure',
    accepts: [NEW, NEW_AND_CARRIED_IN],
    exclude: /年以来|历年/,
    isTotal: true,
  },
  {
    id: 'N-HANDLED',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“收办/办理…申请N件”＝新收＋上年结转（或办理结果总计、或新收）',
    patterns: [requests('(?<!下一?年度?(?:继续)?)(?:收办|承办|办理)')],
    cues: ['收办', '承办', '办理'],
    states: 'figure',
    accepts: [NEW_AND_CARRIED_IN, OUTCOME, NEW],
    exclude: /(?:收到|受理)[、和及与]办理|年以来|历年/,
    isTotal: true,
  },
  {
    id: 'N-NONE',
    kind: 'narrative',
    level: 'warning',
    vintages: ALL,
    title: '正文“未收到…申请”＝表三本年新收为零',
    patterns: [
      pattern(
        '(?:未|没有|尚未|未曾)(?:收到|接到|接收|受理|发生|办理|产生)(?:和处理|过)?(?:公民、法人(?:和|或者?|及)其他组织)?[^,，。;；、\\d]{0,16}?(?:(?:政府|政务)?信息公开(?:的)?申请|依申请公开(?:政府信息|信息)?(?:的)?(?:申请|事项|请求|件)|政府信息申请|依申请公开(?=[,，。;；.、]|$))',
      ),
      pattern(
        '无(?:人)?(?:提出)?(?:依申请公开(?:政府信息)?(?:申请|事项|件|情况)?(?=[,，。;；.]|$)|政府信息公开申请(?=[,，。;；.]|$))',
      ),
    ],
    cues: ['未', '没有', '无'],
    states: 'zero',
    accepts: [NEW],
    unless: /因|针对|对于/,
  },
  {
    id: 'N-CARRIED-IN',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“含上年结转N件”＝表三上年结转总计',
    patterns: [
      pattern(
        `上一?年度?(?:结转|转结|接转|转入|顺延|遗留)(?:的)?(?:办理)?(?:的)?(?:政府)?(?:信息公开)?(?:依申请公开)?(?:申请|案件|事项)?(?:数量)?(?:共|为)?${FIGURE}${COUNTER}`,
      ),
    ],
    cues: ['上年', '上一年'],
    states: 'figure',
    accepts: [['requests.carried_in.total']],
  },
  {
    id: 'N-CARRIED-OUT',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“结转（顺延）下年度N件”＝表三结转下年度总计',
    patterns: [
      pattern(
        `(?:结转|转结|转入|转|顺延|延)(?:到|至|入)?下一?年度?(?:继续)?(?:办理|答复|处理)?(?:的)?(?:政府信息公开)?(?:申请)?(?:共|为)?${FIGURE}${COUNTER}`,
      ),
      pattern(`${FIGURE}(?:件|份|条|宗)(?:申请)?[^,，。;；、\\d]{0,14}(?:结转|顺延|转|延续)(?:到|至|入)下一?年度?`),
    ],
    cues: ['下年', '下一年'],
    states: 'figure',
    accepts: [['requests.carried_out.total']],
  },
  {
    id: 'N-NO-CARRY-OUT',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“无下年度结转”＝表三结转下年度为零',
    patterns: [pattern('(?:无|没有)(?:申请)?(?:下一?年度?结转|结转下一?年度?)')],
    cues: ['下年', '下一年'],
    states: 'zero',
    accepts: [['requests.carried_out.total']],
  },
  {
    id: 'N-REPLIED',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“答复/办结N件”＝表三（七）总计',
    patterns: [
      pattern(
        `(?<!(?:予以|不予|部分|同意)公开|延期|延长)(?:答复|办结|办理完毕)了?(?:政府)?(?:信息公开)?(?:依申请公开)?(?:申请)?(?:案件|事项)?(?:共)?${FIGURE}(?:件|份|条)`,
      ),
    ],
    cues: ['答复', '办结', '办理完毕'],
    states: 'figure',
    accepts: [OUTCOME, ['requests.outcome.total.total', minus('requests.carried_in.total')]],
    context: /信息公开|依申请/,
    isTotal: true,
  },
  outcome('N-OUT-GRANTED', '(?<!不)予以公开', '予以公开', 'requests.outcome.granted.total'),
  outcome('N-OUT-PARTIAL', '(?<![及和与])部分公开', '部分公开', 'requests.outcome.partial.total'),
  outcome('N-OUT-DENIED', '不予公开', '不予公开', 'requests.outcome.denied.subtotal.total'),
  outcome('N-OUT-UNAVAILABLE', '无法提供', '无法提供', 'requests.outcome.unavailable.subtotal.total'),
  outcome('N-OUT-NOT-PROCESSED', '不予处理', '不予处理', 'requests.outcome.not_processed.subtotal.total'),
  outcome('N-OUT-OTHER', '其[他它]处理(?:\\([^()]*\\))?', '其他处理', 'requests.outcome.other.subtotal.total'),
  {
    id: 'N-REVIEW',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“行政复议N件”＝表四行政复议总计',
    patterns: [pattern(`行政复议(?:类)?(?:案件|申请|案)?${CASES}`)],
    cues: ['行政复议'],
    states: 'figure',
    accepts: [['review.total']],
    context: /信息公开|依申请/,
    exclude: /全[省市区县].{0,12}(?:新收|受理)行政复议(?:申请)?(?!.*信息公开)/,
  },
  {
    id: 'N-LITIGATION',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“行政诉讼N件”＝表四两类诉讼总计之和',
    patterns: [pattern(`诉讼(?:类)?(?:案件|案)?${CASES}`)],
    cues: ['诉讼'],
    states: 'figure',
    accepts: [LITIGATION],
    context: /信息公开|依申请|复议/,
  },
  ...(
    [
      ['maintained', '结果维持'],
      ['corrected', '结果纠正'],
      ['other', '其他结果'],
      ['pending', '尚未审结'],
    ] as const
  ).flatMap(([measure, name]) => [result('REVIEW', measure, name), result('LITIGATION', measure, name)]),
  {
    id: 'N-NO-REVIEW',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“未发生行政复议”＝表四行政复议总计为零',
    patterns: [
      pattern(
        '(?:未(?!经)|没有|无|尚未)(?:发生|出现|收到|产生|涉及|引发|有|被|存在)?[^,，。;；\\d]{0,24}行政复议(?!纠|被纠|撤销|机关|决定)',
      ),
    ],
    cues: ['行政复议'],
    states: 'zero',
    accepts: [['review.total']],
  },
  {
    id: 'N-NO-LITIGATION',
    kind: 'narrative',
    level: 'warning',
    vintages: SINCE_2019,
    title: '正文“未发生行政诉讼”＝表四诉讼总计为零',
    patterns: [
      pattern(
        '(?:未(?!经)|没有|无|尚未)(?:发生|出现|收到|产生|涉及|引发|有|被|存在)?[^,，。;；\\d]{0,40}(?:行政诉讼|提起诉讼)(?!败诉|被纠)',
      ),
    ],
    cues: ['诉讼'],
    states: 'zero',
    accepts: [LITIGATION],
  },
  documents(
    'N-DOCS-MADE',
    SINCE_2019,
    '正文“制定（发）规范性文件N件”＝表二制发件数',
    '(?:制定|制发|出台|印发|新增)(?:并)?(?:发布|公开|印发)?(?:的)?(?:行政)?规范性文件(?:共计|共)?',
    'made',
  ),
  documents(
    'N-DOCS-REPEALED',
    ['2021'],
    '正文“废止（规范性）文件N件”＝表二废止件数',
    '(?:废止|失效)(?:的)?(?:行政)?(?:规范性)?文件(?:共)?',
    'repealed',
  ),
  documents(
    'N-DOCS-VALID',
    ['2021'],
    '正文“现行有效规范性文件N件”＝表二现行有效件数',
    '现行有效(?:的)?(?:行政)?(?:规范性)?文件(?:共)?',
    'valid',
  ),
  {
    id: 'N-INFO-FEE',
    kind: 'narrative',
    level: 'info',
    vintages: SINCE_2019,
    title: '正文“收取信息处理费N元”',
    patterns: [pattern(`信息(?:公开)?处理费(?:用)?(?:共计|合计|总计|共|总额为?|金额为?|为)?${FIGURE}(?<unit>万?元)`)],
    cues: ['处理费'],
    states: 'figure',
    accepts: [['narrative.information_fee.collected_yuan']],
  },
  {
    id: 'N-NO-INFO-FEE',
    kind: 'narrative',
    level: 'info',
    vintages: SINCE_2019,
    title: '正文“未收取信息处理费”＝零元',
    patterns: [pattern('(?:未|没有|无)(?:向[^,，。]{0,10})?(?:收取|产生|发生)[^,，。;；\\d]{0,16}信息(?:公开)?处理费')],
    cues: ['处理费'],
    states: 'zero',
    accepts: [['narrative.information_fee.collected_yuan']],
  },
  {
    id: 'N-DISCLOSED',
    kind: 'narrative',
    level: 'info',
    vintages: ALL,
    title: '正文“主动公开政府信息N条”（2014–2018与统计表核对，其后仅采集）',
    patterns: [pattern(`主动(?:公开|发布)(?:各类)?(?:政府)?信息(?:共计|总计|共)?${FIGURE}条`)],
    cues: ['主动'],
    states: 'figure',
    accepts: [['proactive.information.disclosed']],
  },
]

export const yearOnYearRule: YearOnYearRule = {
  id: 'N-YOY',
  kind: 'narrative_cross_year',
  level: 'info',
  vintages: SINCE_2019,
  title: '正文“同比增长/下降N%”与两年数据计算值相差不超过0.1个百分点',
  pattern: pattern(
    '(?:同比|较(?:上年|去年|上一年))(?<dir>增长|增加|上升|增幅|下降|减少|回落|降低)(?:了)?(?<n>\\d+(?:\\.\\d+)?)[%％]',
  ),
  about: ['N-NEW', 'N-RECEIVED', 'N-HANDLED'],
  tolerance: 0.1,
}

export const proseSumRule: ProseSumRule = {
  id: 'N-SUM-IN-PROSE',
  kind: 'prose_sum',
  level: 'warning',
  vintages: SINCE_2019,
  title: '正文分列各类办理结果之和＝正文所述总数',
  parts: ['N-OUT-GRANTED', 'N-OUT-PARTIAL', 'N-OUT-DENIED', 'N-OUT-UNAVAILABLE', 'N-OUT-NOT-PROCESSED', 'N-OUT-OTHER'],
  carried: 'N-CARRIED-OUT',
  totals: ['N-REPLIED', 'N-HANDLED'],
}
