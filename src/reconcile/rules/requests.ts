/** The table of requests (收到和处理政府信息公开申请情况): rows by outcome, columns by kind of applicant. */
import { anyOf, type RelationRule, times } from '../rule.js'
import { APPLICANT_COLUMNS, APPLICANT_KINDS, GROUPS } from './subtotals.js'

const COLUMNS = { name: 'col', values: APPLICANT_COLUMNS }

const HANDLED_ROWS = [
  'requests.outcome.granted',
  'requests.outcome.partial',
  ...GROUPS.denied,
  ...GROUPS.unavailable,
  ...GROUPS.not_processed,
]
const SINGLE_OTHER_ROW = 'requests.outcome.other.subtotal'

const inColumn = (row: string): string => `${row}.{col}`
const kindsOfRow = APPLICANT_KINDS.map((kind) => `{row}.${kind}`)
const ROW_TITLE = '每一行：总计＝自然人＋商业企业＋科研机构＋社会公益组织＋法律服务机构＋其他'

function subtotal(group: keyof typeof GROUPS, id: string, name: string): RelationRule {
  const total = `requests.outcome.${group}.subtotal.{col}`
  return {
    id,
    kind: 'identity',
    level: 'error',
    vintages: ['2019', '2021'],
    title: `如印有“${name}”小计：小计＝各分项之和`,
    foreach: COLUMNS,
    left: [total],
    op: '==',
    right: GROUPS[group].map(inColumn),
    onlyIfPresent: [total],
  }
}

export const requestsRules: readonly RelationRule[] = [
  {
    id: 'T3-BALANCE',
    kind: 'identity',
    level: 'error',
    vintages: ['2019', '2021'],
    title: '每一申请人列：本年新收＋上年结转＝办理结果总计＋结转下年度继续办理',
    foreach: COLUMNS,
    left: ['requests.new.{col}', 'requests.carried_in.{col}'],
    op: '==',
    right: ['requests.outcome.total.{col}', 'requests.carried_out.{col}'],
  },
  {
    id: 'T3-OUTCOME-19',
    kind: 'identity',
    level: 'error',
    vintages: ['2019'],
    title: '每一申请人列：（七）总计＝（一）至（六）各行之和',
    foreach: COLUMNS,
    left: ['requests.outcome.total.{col}'],
    op: '==',
    right: [...HANDLED_ROWS, SINGLE_OTHER_ROW].map(inColumn),
  },
  {
    id: 'T3-OUTCOME-21',
    kind: 'identity',
    level: 'error',
    vintages: ['2021'],
    title: '每一申请人列：（七）总计＝（一）至（六）各行之和（其他处理三个分项；沿用旧表时取单行）',
    foreach: COLUMNS,
    left: ['requests.outcome.total.{col}'],
    op: '==',
    right: [...HANDLED_ROWS.map(inColumn), anyOf(GROUPS.other.map(inColumn), [inColumn(SINGLE_OTHER_ROW)])],
  },
  {
    id: 'T3-ROW-19',
    kind: 'identity',
    level: 'error',
    vintages: ['2019'],
    title: ROW_TITLE,
    foreach: {
      name: 'row',
      values: [
        'requests.new',
        'requests.carried_in',
        ...HANDLED_ROWS,
        SINGLE_OTHER_ROW,
        'requests.outcome.total',
        'requests.carried_out',
      ],
    },
    left: ['{row}.total'],
    op: '==',
    right: kindsOfRow,
  },
  {
    id: 'T3-ROW-21',
    kind: 'identity',
    level: 'error',
    vintages: ['2021'],
    title: ROW_TITLE,
    foreach: {
      name: 'row',
      values: [
        'requests.new',
        'requests.carried_in',
        ...HANDLED_ROWS,
        'requests.outcome.total',
        'requests.carried_out',
        ...GROUPS.other,
        SINGLE_OTHER_ROW,
      ],
    },
    left: ['{row}.total'],
    op: '==',
    right: kindsOfRow,
    skipIfAllMissing: true,
  },
  subtotal('denied', 'T3-SUB-DENIED', '不予公开'),
  subtotal('unavailable', 'T3-SUB-UNAVAILABLE', '无法提供'),
  subtotal('not_processed', 'T3-SUB-NOT_PROCESSED', '不予处理'),
  {
    id: 'T3-SUB-OTHER',
    kind: 'identity',
    level: 'error',
    vintages: ['2021'],
    title: '如同时印有“其他处理”小计和三个分项：小计＝分项之和',
    foreach: COLUMNS,
    left: [inColumn(SINGLE_OTHER_ROW)],
    op: '==',
    right: GROUPS.other.map(inColumn),
    onlyIfPresent: [inColumn(SINGLE_OTHER_ROW), 'requests.outcome.other.misc.{col}'],
  },
  {
    id: 'T3-EMPTY',
    kind: 'identity',
    level: 'error',
    vintages: ['2019', '2021'],
    title: '新收与结转均为零时，办理结果和结转下年各行应为零',
    foreach: COLUMNS,
    left: ['requests.new.{col}', 'requests.carried_in.{col}'],
    op: 'zero_implies_zero',
    right: ['requests.outcome.total.{col}', 'requests.carried_out.{col}'],
  },
  {
    id: 'T3-CARRY-LE',
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2019', '2021'],
    title: '结转下年不应大于新收＋上年结转',
    foreach: COLUMNS,
    left: ['requests.carried_out.{col}'],
    op: '<=',
    right: ['requests.new.{col}', 'requests.carried_in.{col}'],
  },
  {
    id: 'T3-CARRY-SHARE',
    kind: 'plausibility',
    level: 'info',
    vintages: ['2019', '2021'],
    title: '结转下年占比通常不超过三成（答复期限二十个工作日，可延二十个工作日）',
    left: ['requests.carried_out.total'],
    op: '<=',
    right: [times(0.3, 'requests.new.total'), times(0.3, 'requests.carried_in.total')],
    minRight: 6,
  },
]
