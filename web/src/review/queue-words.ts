/** The words of the queue, and the classes of what stands in it. */
import type { QueueClass } from '../../../src/review/api.js'

interface ClassWords {
  readonly name: string
  readonly long: string
  readonly why: string
}

const zh = {
  title: '复核队列',
  purpose: '最省力的排在前面：每秒能定的错误越多越靠前',
  left: '剩余',
  settled: '今日已决',
  audit: '抽查比例',
  all: '全部',
  search: '机关名或文件名',
  year: '年份',
  every: '全部',
  organ: '机关',
  why: '为何要看',
  verdict: '判断',
  proposal: '建议',
  items: '项',
  claim: '领取',
  unknownOrgan: '机关未定',
  reports: (count: number) => `${count} 份`,
  same: '同上',
  closes: (count: number) => `成立 ${count} 条`,
  until: (minutes: number) => `余 ${minutes} 分`,
  mine: '我',
  open: '开始复核',
  goOn: '继续复核',
  release: '放回队列',
  empty: '队列里没有要看的报告。新的报告读完后，有疑问的会出现在这里。',
  none: '没有符合条件的报告。',
  claimed: (by: string, minutes: number) => `${by}正在处理，还剩 ${minutes} 分钟`,
  preview: '选中的报告',
  keys: 'J、K 上下移动，Enter 打开',
  moreItems: (count: number) => `另有 ${count} 项`,
  blank: '空',
  classes: {
    proposal: { name: '有建议', long: '有建议的错误', why: '一键可定；同机关各年排在一起' },
    error: { name: '无建议', long: '无建议的错误', why: '算术定不了，须看原件' },
    prose: { name: '正文差异', long: '正文差异', why: '表内成立，正文数字不同' },
    note: { name: '注意', long: '注意', why: '空白、旧表及其他提示' },
    audit: { name: '抽查', long: '抽查', why: '已接受的报告中随机抽取' },
  } satisfies Record<QueueClass, ClassWords>,
  verdicts: { misread: '识别有误', published: '原文如此', undecided: '未定' },
  seals: { misread: '误', published: '原', undecided: '?' },
}

const en: typeof zh = {
  title: 'Review queue',
  purpose: 'What is settled quickest comes first',
  left: 'left',
  settled: 'settled today',
  audit: 'audited',
  all: 'All',
  search: 'Organ or file name',
  year: 'Year',
  every: 'All',
  organ: 'Organ',
  why: 'Why',
  verdict: 'Verdict',
  proposal: 'Suggestion',
  items: 'Items',
  claim: 'Claim',
  unknownOrgan: 'Organ unknown',
  reports: (count) => `${count} report${count === 1 ? '' : 's'}`,
  same: 'same',
  closes: (count) => `closes ${count}`,
  until: (minutes) => `${minutes} min left`,
  mine: 'me',
  open: 'Start review',
  goOn: 'Go on',
  release: 'Put back',
  empty: 'Nothing waits for review. What is doubtful in new reports will appear here.',
  none: 'No report fits.',
  claimed: (by, minutes) => `${by} has it, ${minutes} min left`,
  preview: 'The selected report',
  keys: 'J and K move, Enter opens',
  moreItems: (count) => `${count} more`,
  blank: 'blank',
  classes: {
    proposal: {
      name: 'Suggested',
      long: 'Errors with a suggestion',
      why: 'one key settles them; one organ’s years together',
    },
    error: {
      name: 'No suggestion',
      long: 'Errors without a suggestion',
      why: 'arithmetic cannot decide: look at the page',
    },
    prose: { name: 'Prose', long: 'Prose differs', why: 'the tables agree, the text says otherwise' },
    note: { name: 'Notes', long: 'Notes', why: 'blanks, old forms and the like' },
    audit: { name: 'Audit', long: 'Audit', why: 'drawn at random from accepted reports' },
  },
  verdicts: { misread: 'Misread', published: 'As published', undecided: 'Undecided' },
  seals: { misread: '误', published: '原', undecided: '?' },
}

export const QUEUE_WORDS = { zh, en }
