/** Rules that need another report beside this one: the same organ's of the year before, or those of the organs below it. */
import { type AggregateRule, type CopiedRule, previous, type RelationRule } from '../rule.js'
import { APPLICANT_COLUMNS } from './subtotals.js'

export const crossYearRules: readonly RelationRule[] = [
  {
    id: 'XY-CARRY',
    kind: 'cross_year',
    level: 'warning',
    vintages: ['2019', '2021'],
    title: '同一机关：本年“上年结转”＝上年“结转下年度继续办理”',
    foreach: { name: 'col', values: APPLICANT_COLUMNS },
    left: ['requests.carried_in.{col}'],
    op: '==',
    right: [previous('requests.carried_out.{col}')],
  },
  {
    id: 'XY-JUMP',
    kind: 'cross_year',
    level: 'info',
    vintages: ['2019', '2021'],
    title: '与上年相比变动超过十倍',
    foreach: {
      name: 'key',
      values: [
        'requests.new.total',
        'proactive.licensing.decisions',
        'proactive.penalties.decisions',
        'proactive.coercion.decisions',
        'review.total',
      ],
    },
    left: ['{key}'],
    op: 'ratio_within',
    right: [previous('{key}')],
    ratio: 10,
    minValue: 50,
  },
  {
    id: 'XY-JUMP-FEES',
    kind: 'cross_year',
    level: 'warning',
    vintages: ['2021'],
    title: '行政事业性收费金额与上年相比变动超过十倍（疑似元/万元混淆）',
    left: ['proactive.fees.amount_wanyuan'],
    op: 'ratio_within',
    right: [previous('proactive.fees.amount_wanyuan')],
    ratio: 10,
    minValue: 1,
  },
]

export const copiedRule: CopiedRule = {
  id: 'XY-SAME',
  kind: 'copied',
  level: 'warning',
  vintages: ['2019', '2021'],
  title: '全部非零数据与上年完全相同（疑似照抄）',
  minNonZero: 3,
}

export const aggregateRule: AggregateRule = {
  id: 'AGG-SUM',
  kind: 'hierarchy',
  level: 'info',
  vintages: ['2019', '2021'],
  title: '汇总报告：本级各项＝所属机关各项之和',
}
