/** The table of review and litigation (政府信息公开行政复议、行政诉讼情况): three blocks of four results and a total. */
import { previous, type RelationRule } from '../rule.js'

function blockTotal(id: string, block: string, name: string): RelationRule {
  return {
    id,
    kind: 'identity',
    level: 'error',
    vintages: ['2019', '2021'],
    title: `${name}：总计＝结果维持＋结果纠正＋其他结果＋尚未审结`,
    left: [`${block}.total`],
    op: '==',
    right: [`${block}.maintained`, `${block}.corrected`, `${block}.other`, `${block}.pending`],
  }
}

function bothKinds(id: string, measure: string, name: string): RelationRule {
  const combined = `litigation.all.${measure}`
  return {
    id,
    kind: 'identity',
    level: 'error',
    vintages: ['2019', '2021'],
    title: `行政诉讼合计（${name}）＝未经复议直接起诉＋复议后起诉`,
    left: [combined],
    op: '==',
    right: [`litigation.direct.${measure}`, `litigation.after_review.${measure}`],
    onlyIfPresent: [combined],
  }
}

export const reviewLitigationRules: readonly RelationRule[] = [
  blockTotal('T4-REVIEW', 'review', '行政复议'),
  blockTotal('T4-LITIGATION-DIRECT', 'litigation.direct', '未经复议直接起诉'),
  blockTotal('T4-LITIGATION-AFTER-REVIEW', 'litigation.after_review', '复议后起诉'),
  bothKinds('T4-LIT-ALL-MAINTAINED', 'maintained', '结果维持'),
  bothKinds('T4-LIT-ALL-CORRECTED', 'corrected', '结果纠正'),
  bothKinds('T4-LIT-ALL-OTHER', 'other', '其他结果'),
  bothKinds('T4-LIT-ALL-PENDING', 'pending', '尚未审结'),
  bothKinds('T4-LIT-ALL-TOTAL', 'total', '总计'),
  {
    id: 'T4-AFTER-LE',
    kind: 'cross_year',
    level: 'info',
    vintages: ['2019', '2021'],
    title: '复议后起诉件数通常不大于当年与上年行政复议件数之和',
    left: ['litigation.after_review.total'],
    op: '<=',
    right: ['review.total', previous('review.total')],
  },
  {
    id: 'T4-VS-T3',
    kind: 'plausibility',
    level: 'info',
    vintages: ['2019', '2021'],
    title: '复议、诉讼件数与申请量明显不相称',
    left: ['review.total', 'litigation.direct.total'],
    op: '<=',
    right: ['requests.outcome.total.total', 'requests.carried_out.total', previous('requests.outcome.total.total')],
  },
]
