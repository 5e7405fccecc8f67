/**
 * Who reports, and the figures → what the report says in words. Everything it says in figures that stand in a table is taken from
 * the figures of the tables; the rest is free invention.
 */
import type { Seeded } from '../../test/build/seeded.js'
import { type Figures, figureOf } from './figures.js'

export interface Author {
  readonly organ: string
  /** 我局, 我镇, 全县. */
  readonly self: string
  readonly year: number
}

export interface Passage {
  readonly title: string
  readonly paragraphs: readonly string[]
}

/** The passages of 总体情况. */
export function overviewPassages(author: Author, figures: Figures, random: Seeded): Passage[] {
  return [
    {
      title: '主动公开',
      paragraphs: [`${documents(author, figures)}${random.pick(DISCLOSED)(author, random.integer(180, 900))}`],
    },
    { title: '依申请公开', paragraphs: [requests(author, figures), disputes(figures)] },
    { title: '政府信息管理', paragraphs: [random.pick(KEPT)(author)] },
    { title: '平台建设', paragraphs: [random.pick(PLATFORM)(author)] },
    { title: '监督保障', paragraphs: [random.pick(SUPERVISED)(author)] },
  ]
}

export function introduction({ self, year }: Author, random: Seeded): string[] {
  const period = `本报告所列数据的统计期限自${year}年1月1日起至${year}年12月31日止。`
  return [
    random.pick([
      `${year}年，${self}认真落实《中华人民共和国政府信息公开条例》，把公开要求放进办文、办事、办会的每个环节，让群众看得到、听得懂、用得上。${period}`,
      `根据《中华人民共和国政府信息公开条例》有关规定，现公布${self}${year}年度政府信息公开工作情况。${period}如对本报告有疑问，可在工作日向${self}信息公开机构当面询问。`,
      `一年来，${self}围绕群众关心的事项做好公开工作，该说清的说清，该留痕的留痕，公开的及时性和完整性都比过去有所提高。${period}`,
    ]),
  ]
}

export function problems({ self }: Author, random: Seeded): string[] {
  const [first, second] = random.shuffle(PROBLEMS)
  if (first === undefined || second === undefined) throw new Error('too few problems to choose from')
  return [
    `${self}的政府信息公开工作还有不足：一是${first.problem}；二是${second.problem}。`,
    `下一步，${self}将从两个方面改进。一是${first.measure}。二是${second.measure}。`,
  ]
}

export function otherMatters({ self, year }: Author, feeInYuan: number | null): string[] {
  if (feeInYuan === null) return ['没有其他需要报告的事项。']
  const fee = feeInYuan === 0 ? '未收取信息处理费' : `依法收取信息处理费${feeInYuan}元`
  return [`${year}年度${self}${fee}，没有其他需要报告的事项。`]
}

/** The sections of a report before 2019, in the order of its own. */
export function statisticsPassages(author: Author, figures: Figures, random: Seeded): Passage[] {
  const { self, year } = author
  const of = (key: string): number => figureOf(figures, key)
  return [
    { title: '概述', paragraphs: [...introduction(author, random), random.pick(KEPT)(author)] },
    {
      title: '主动公开政府信息情况',
      paragraphs: [
        `${year}年${self}主动公开政府信息${of('proactive.information.disclosed')}条，其中通过政府网站公开${of('proactive.information.channel.website')}条，通过政务微信公开${of('proactive.information.channel.wechat')}条。`,
        random.pick(PLATFORM)(author),
      ],
    },
    {
      title: '依申请公开政府信息情况',
      paragraphs: [
        `${year}年${self}收到政府信息公开申请${of('requests.new.total')}件，其中当面申请${of('requests.new.channel.in_person')}件、网络申请${of('requests.new.channel.online')}件、信函申请${of('requests.new.channel.letter')}件，均在法定期限内作出答复。`,
      ],
    },
    { title: '政府信息公开的收费及减免情况', paragraphs: [`${year}年${self}没有因信息公开收取任何费用。`] },
    {
      title: '因政府信息公开申请行政复议、提起行政诉讼的情况',
      paragraphs: [
        `${year}年因政府信息公开引起的行政复议${of('review.total')}件、行政诉讼${of('litigation.all.total')}件。`,
      ],
    },
    { title: '存在的主要问题及改进措施', paragraphs: problems(author, random) },
  ]
}

function documents({ year }: Author, figures: Figures): string {
  const made = figureOf(figures, 'proactive.normative_documents.made')
  const repealed = figures.get('proactive.normative_documents.repealed')
  const valid = figures.get('proactive.normative_documents.valid')
  if (made === 0) return `${year}年没有新的规范性文件。`
  if (repealed === undefined || valid === undefined) return `${year}年制发规范性文件${made}件，均在印发后按时公开。`
  const gone = repealed === 0 ? '' : `、废止行政规范性文件${repealed}件`
  return `${year}年制发行政规范性文件${made}件${gone}，年末现行有效行政规范性文件${valid}件，清单在网站专栏集中公布。`
}

const OUTCOMES = [
  ['予以公开', /\.granted\.total$/],
  ['部分公开', /\.partial\.total$/],
  ['不予公开', /\.denied\..*\.total$/],
  ['无法提供', /\.unavailable\..*\.total$/],
  ['不予处理', /\.not_processed\..*\.total$/],
  ['其他处理', /\.other\..*\.total$/],
] as const

function requests({ self, year }: Author, figures: Figures): string {
  const of = (row: string): number => figureOf(figures, `requests.${row}.total`)
  if (of('new') + of('carried_in') === 0) return `${year}年${self}未收到政府信息公开申请，无结转下年度办理的申请。`
  const carriedIn = of('carried_in') === 0 ? '' : `，上年结转${of('carried_in')}件`
  const outcomes = OUTCOMES.flatMap(([name, rows]) => {
    const count = [...figures].reduce((sum, [key, value]) => sum + (rows.test(key) ? value : 0), 0)
    return count === 0 ? [] : [`${name}${count}件`]
  })
  const handled = outcomes.length === 0 ? '' : `，办结申请${of('outcome.total')}件，其中${outcomes.join('、')}`
  const left = of('carried_out') === 0 ? '无结转下年度办理的申请' : `结转下年度继续办理${of('carried_out')}件`
  return `${year}年${self}新收政府信息公开申请${of('new')}件${carriedIn}${handled}；${left}。`
}

function disputes(figures: Figures): string {
  const review = figureOf(figures, 'review.total')
  const litigation = figureOf(figures, 'litigation.direct.total') + figureOf(figures, 'litigation.after_review.total')
  if (review + litigation === 0) return '未发生因政府信息公开引起的行政复议和行政诉讼。'
  if (litigation === 0) return `因政府信息公开引起的行政复议${review}件，未发生行政诉讼。`
  return `因政府信息公开引起的行政复议${review}件、行政诉讼${litigation}件。`
}

type Sentence = (author: Author) => string

const DISCLOSED: readonly ((author: Author, count: number) => string)[] = [
  ({ self }, count) => `${self}通过门户网站、政务新媒体和公示栏主动公开政府信息${count}条，重要政策均附有问答或图解。`,
  (_, count) => `全年主动公开政府信息${count}条，涉及群众办事的指南逐条核对了电话、地点和所需材料。`,
  ({ self }, count) => `${self}按目录逐项对照，主动公开政府信息${count}条，会议开放和民意征集的情况一并公布。`,
]

const KEPT: readonly Sentence[] = [
  ({ self }) =>
    `${self}对已公开的信息定期复核，过时的说明及时更新，文件的来源、印发日期和有效性标注清楚，公文在起草时同步确定公开属性。`,
  ({ self }) =>
    `${self}健全信息发布审核台账，先审查、后公开，一事一审；对历史信息分批整理，解决重复发布和链接失效的问题。`,
  () => '建立公开目录动态调整机制，明确每类信息由谁提供、由谁审核、何时更新，做到来源可查、责任到人。',
]

const PLATFORM: readonly Sentence[] = [
  ({ self }) =>
    `${self}调整网站公开专栏的栏目设置，增加按主题和按文号查询，常用信息三次点击以内可以找到；政务新媒体与网站内容同步。`,
  () =>
    '在办事大厅设置公开查阅点，配备电脑和纸质文件汇编，安排人员帮助老年人查询，查阅点的开放时间在门口和网站同时公布。',
  () => '完成网站适老化改造，专栏增加朗读和放大功能；对长期不更新的新媒体账号予以关停，保留的账号明确专人维护。',
]

const SUPERVISED: readonly Sentence[] = [
  ({ self }) =>
    `${self}每季度对公开内容开展一次自查，发现的问题列出清单、限期改正；组织业务培训两次，把公开工作列入科室年度考核。`,
  () => '设立监督电话和意见信箱，对群众提出的意见逐条回复；公开工作列入年度考核，全年没有发生责任追究的情形。',
  () => '主要负责人听取公开工作汇报两次，分管负责人按月调度；委托群众代表对办事公开进行体验，意见已经逐项整改。',
]

const PROBLEMS: readonly { readonly problem: string; readonly measure: string }[] = [
  {
    problem: '政策解读的形式比较单一，文字说明多，图表和案例少',
    measure: '解读材料与政策文件同步起草，多用群众熟悉的例子，把怎么办、找谁办讲明白',
  },
  {
    problem: '个别栏目更新不够及时，信息发布与业务办理之间有时间差',
    measure: '为每个栏目确定更新期限和责任人，到期前提醒，逾期的在内部通报',
  },
  {
    problem: '承办人员更换较多，对申请答复的规范掌握得不够牢固',
    measure: '编写答复文书样本，新到岗人员先培训后办件，疑难申请集体会商',
  },
  {
    problem: '基层单位的公开水平参差不齐，有的目录与实际工作对不上',
    measure: '按照权责清单重新核对公开目录，开展结对指导，年中进行一次复查',
  },
  {
    problem: '公众参与的渠道利用得不充分，征集到的意见数量偏少',
    measure: '重大事项决策前通过网站、会议和走访多种方式听取意见，并公布采纳情况',
  },
]
