/** The tables of proactive disclosure (主动公开政府信息情况), which differ most between the forms of 2019 and 2021. */
import { minus, previous, type RelationRule } from '../rule.js'

const DOCUMENTS = [
  { suffix: 'REGULATIONS', key: 'proactive.regulations', name: '规章', name21: '规章' },
  {
    suffix: 'NORMATIVE_DOCUMENTS',
    key: 'proactive.normative_documents',
    name: '规范性文件',
    name21: '行政规范性文件',
  },
] as const

const ITEMS = ['proactive.licensing', 'proactive.other_services', 'proactive.penalties', 'proactive.coercion'] as const
const ITEMS_AND_FEES = [...ITEMS, 'proactive.fees'] as const

const since2021 = DOCUMENTS.flatMap(({ suffix, key, name21 }): RelationRule[] => [
  {
    id: `T2-VALID-GE-MADE-${suffix}`,
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2021'],
    title: `${name21}：现行有效件数不应小于本年制发件数减本年废止件数`,
    left: [`${key}.valid`],
    op: '>=',
    right: [`${key}.made`, minus(`${key}.repealed`)],
  },
  {
    id: `XY-VALID-${suffix}`,
    kind: 'cross_year',
    level: 'warning',
    vintages: ['2021'],
    title: `${name21}：本年现行有效＝上年现行有效＋本年制发－本年废止`,
    left: [`${key}.valid`],
    op: '==',
    right: [previous(`${key}.valid`), `${key}.made`, minus(`${key}.repealed`)],
  },
])

const until2020 = DOCUMENTS.flatMap(({ suffix, key, name }): RelationRule[] => [
  {
    id: `T2-19-TOTAL-GE-NEW-${suffix}`,
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2019'],
    title: `${name}：对外公开总数量不应小于本年新公开数量`,
    left: [`${key}.disclosed_total`],
    op: '>=',
    right: [`${key}.newly_disclosed`],
  },
  {
    id: `T2-19-NEW-VS-MADE-${suffix}`,
    kind: 'plausibility',
    level: 'info',
    vintages: ['2019'],
    title: `${name}：本年新公开与本年新制作通常相等`,
    left: [`${key}.newly_disclosed`],
    op: '==',
    right: [`${key}.made`],
  },
  {
    id: `XY-19-DISCLOSED-${suffix}`,
    kind: 'cross_year',
    level: 'warning',
    vintages: ['2019'],
    title: `${name}：2020年对外公开总数量＝2019年对外公开总数量＋2020年新公开数量（另计废止）`,
    left: [`${key}.disclosed_total`],
    op: '==',
    right: [previous(`${key}.disclosed_total`), `${key}.newly_disclosed`],
  },
])

export const proactiveRules: readonly RelationRule[] = [
  ...since2021,
  {
    id: 'T2-REG-POWER',
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2021'],
    title: '无规章制定权的机关（县级及以下政府、市级以下部门、乡镇街道），规章三项应为零',
    left: ['proactive.regulations.made', 'proactive.regulations.repealed', 'proactive.regulations.valid'],
    op: '==',
    right: [0],
    appliesTo: 'organs_without_rule_making_power',
  },
  {
    id: 'T2-REG-POWER-19',
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2019'],
    title: '无规章制定权的机关，规章各项应为零',
    left: [
      'proactive.regulations.made',
      'proactive.regulations.newly_disclosed',
      'proactive.regulations.disclosed_total',
    ],
    op: '==',
    right: [0],
    appliesTo: 'organs_without_rule_making_power',
  },
  {
    id: 'T2-FEE-UNIT',
    kind: 'plausibility',
    level: 'info',
    vintages: ['2021'],
    title: '行政事业性收费单位为万元：单个县级机关超过一百万万元的应核对是否误填元',
    left: ['proactive.fees.amount_wanyuan'],
    op: '<=',
    right: [1_000_000],
  },
  ...until2020,
  {
    id: 'T2-19-ITEMS-NONNEG',
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2019'],
    title: '上一年项目数量＋本年增/减不应为负',
    foreach: { name: 'item', values: ITEMS_AND_FEES },
    left: ['{item}.items_prev_year', '{item}.items_change'],
    op: '>=',
    right: [0],
  },
  {
    id: 'XY-19-ITEMS',
    kind: 'cross_year',
    level: 'warning',
    vintages: ['2019'],
    title: '2020年“上一年项目数量”＝2019年“上一年项目数量”＋2019年“本年增/减”',
    foreach: { name: 'item', values: ITEMS_AND_FEES },
    left: ['{item}.items_prev_year'],
    op: '==',
    right: [previous('{item}.items_prev_year'), previous('{item}.items_change')],
  },
  {
    id: 'T2-19-PROCUREMENT',
    kind: 'plausibility',
    level: 'warning',
    vintages: ['2019'],
    title: '政府集中采购：项目数量与金额应同时为零或同时大于零',
    left: ['proactive.procurement.projects'],
    op: 'both_zero_or_both_positive',
    right: ['proactive.procurement.amount_wanyuan'],
  },
  {
    id: 'T2-19-DECISIONS-ITEMS',
    kind: 'plausibility',
    level: 'info',
    vintages: ['2019'],
    title: '有处理决定而无项目数量',
    foreach: { name: 'item', values: ITEMS },
    left: ['{item}.items_prev_year', '{item}.items_change'],
    op: 'zero_implies_zero',
    right: ['{item}.decisions'],
  },
]
