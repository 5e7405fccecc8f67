/**
 * The main figures of a report, and under which key each stands in which form.
 *
 * Only what means the same stands in one row: 对外公开总数 of 2019 is not 现行有效 of 2021, and the 2014 form counts what is disclosed
 * otherwise, so that these have no figure there rather than one that misleads.
 */
export interface Indicator {
  readonly id: string
  readonly group: IndicatorGroup
  readonly zh: string
  readonly en: string
  readonly unit: 'piece' | 'wanyuan'
  /** The first of them that the report has. */
  readonly keys: readonly string[]
  /** Forms that do not ask for it. */
  readonly notIn: readonly string[]
}

export type IndicatorGroup = 'proactive' | 'requests' | 'review_litigation'
export const INDICATOR_GROUPS: readonly IndicatorGroup[] = ['proactive', 'requests', 'review_litigation']

function indicator(
  id: string,
  group: IndicatorGroup,
  [zh, en]: readonly [string, string],
  keys: readonly string[],
  notIn: readonly string[] = [],
  unit: Indicator['unit'] = 'piece',
): Indicator {
  return { id, group, zh, en, unit, keys, notIn }
}

const BEFORE_2019 = ['2014']
const BEFORE_2021 = ['2014', '2019']

export const INDICATORS: readonly Indicator[] = [
  indicator(
    'made',
    'proactive',
    ['规范性文件 · 制发', 'Normative documents · made'],
    ['proactive.normative_documents.made'],
  ),
  indicator(
    'repealed',
    'proactive',
    ['规范性文件 · 废止', 'Normative documents · repealed'],
    ['proactive.normative_documents.repealed'],
    BEFORE_2021,
  ),
  indicator(
    'valid',
    'proactive',
    ['规范性文件 · 现行有效', 'Normative documents · in force'],
    ['proactive.normative_documents.valid'],
    BEFORE_2021,
  ),
  indicator('licensing', 'proactive', ['行政许可', 'Licences'], ['proactive.licensing.decisions'], BEFORE_2019),
  indicator('penalties', 'proactive', ['行政处罚', 'Penalties'], ['proactive.penalties.decisions'], BEFORE_2019),
  indicator('coercion', 'proactive', ['行政强制', 'Coercive measures'], ['proactive.coercion.decisions'], BEFORE_2019),
  indicator(
    'fees',
    'proactive',
    ['行政事业性收费', 'Administrative fees'],
    ['proactive.fees.amount_wanyuan'],
    BEFORE_2021,
    'wanyuan',
  ),
  indicator('new', 'requests', ['本年新收 · 总计', 'New requests · total'], ['requests.new.total']),
  indicator(
    'carried_in',
    'requests',
    ['上年结转 · 总计', 'Carried in · total'],
    ['requests.carried_in.total'],
    BEFORE_2019,
  ),
  indicator(
    'granted',
    'requests',
    ['予以公开 · 总计', 'Disclosed · total'],
    ['requests.outcome.granted.total'],
    BEFORE_2019,
  ),
  indicator('partial', 'requests', ['部分公开 · 总计', 'Partly disclosed · total'], ['requests.outcome.partial.total']),
  indicator(
    'handled',
    'requests',
    ['办理结果 · 总计', 'Handled · total'],
    ['requests.outcome.total.total', 'requests.completed.total'],
  ),
  indicator(
    'carried_out',
    'requests',
    ['结转下年 · 总计', 'Carried out · total'],
    ['requests.carried_out.total'],
    BEFORE_2019,
  ),
  indicator('review', 'review_litigation', ['行政复议 · 总计', 'Reviews · total'], ['review.total']),
  indicator(
    'direct',
    'review_litigation',
    ['未经复议直接起诉 · 总计', 'Direct litigation · total'],
    ['litigation.direct.total'],
    BEFORE_2019,
  ),
  indicator(
    'after_review',
    'review_litigation',
    ['复议后起诉 · 总计', 'Litigation after review · total'],
    ['litigation.after_review.total'],
    BEFORE_2019,
  ),
  indicator(
    'litigation',
    'review_litigation',
    ['行政诉讼 · 总计（旧表）', 'Litigation · total (old form)'],
    ['litigation.all.total'],
    ['2019', '2021'],
  ),
]

/** Those that are drawn, by their ids. */
export const PLOTTED = ['new', 'share', 'carried_out', 'valid', 'licensing', 'review'] as const
