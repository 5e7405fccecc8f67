/** What may stand in a cell, and what a report must be made of. */
import type { DomainRule, StructureRule } from '../rule.js'

export const domainRules: readonly DomainRule[] = [
  {
    id: 'D-INT',
    kind: 'domain',
    level: 'error',
    vintages: ['2014', '2019', '2021'],
    title: '件数为非负整数',
    type: 'integer',
  },
  {
    id: 'D-SIGNED',
    kind: 'domain',
    level: 'error',
    vintages: ['2019'],
    title: '本年增/减为整数，可为负',
    type: 'signed_integer',
  },
  {
    id: 'D-MONEY',
    kind: 'domain',
    level: 'error',
    vintages: ['2014', '2019', '2021'],
    title: '金额为非负数，单位万元',
    type: 'decimal',
  },
]

export const structureRules: readonly StructureRule[] = [
  { id: 'ST-SECTIONS', kind: 'structure', level: 'error', vintages: ['2019', '2021'], title: '六个部分齐全且按序' },
  { id: 'ST-TABLES', kind: 'structure', level: 'error', vintages: ['2019', '2021'], title: '第二、三、四部分表格齐全' },
  { id: 'ST-ROWS', kind: 'structure', level: 'error', vintages: ['2019', '2021'], title: '表格行列齐全' },
  { id: 'ST-BLANK', kind: 'structure', level: 'warning', vintages: ['2019', '2021'], title: '表格不应有空白或“/”' },
  {
    id: 'ST-YEAR',
    kind: 'structure',
    level: 'warning',
    vintages: ['2014', '2019', '2021'],
    title: '标题、统计期限、正文年份一致',
  },
  {
    id: 'ST-SEC5',
    kind: 'structure',
    level: 'warning',
    vintages: ['2019', '2021'],
    title: '第五部分不应为空或仅写“无”',
  },
  {
    id: 'ST-SEC6-FEE',
    kind: 'structure',
    level: 'info',
    vintages: ['2021'],
    title: '第六部分应报告信息处理费收取情况',
  },
  { id: 'ST-FORM-MIX', kind: 'structure', level: 'info', vintages: ['2021'], title: '混用旧版表格' },
]
