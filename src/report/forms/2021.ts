/** 国办公开办函〔2021〕30号 《政府信息公开工作年度报告格式》. */
import type { Form, RowSpec } from '../form.js'
import { APPLICANTS, CORNER_NOTE, REVIEW_LITIGATION, requestRows, SECTIONS } from './common.js'

const OTHER: RowSpec = {
  label: '（六）其他处理',
  insteadOfChildren: 'requests.outcome.other.subtotal',
  children: [
    {
      key: 'requests.outcome.other.correction_overdue',
      label: '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
      variants: [
        '1.逾期不补正',
        '1.申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请',
        '1.申请人无正当理由逾期不补正',
      ],
    },
    {
      key: 'requests.outcome.other.fee_overdue',
      label: '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
      variants: ['2.逾期不缴费', '2.申请人逾期未按收费通知要求缴纳费用', '2.逾期未缴费'],
    },
    { key: 'requests.outcome.other.misc', label: '3.其他' },
  ],
}

export const form2021: Form = {
  vintage: '2021',
  years: { from: 2021, to: null },
  sections: SECTIONS,
  tables: [
    {
      key: 'proactive.art20_1',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（一）项', variants: ['第二十条第一项', '《条例》第二十条第（一）项'] },
      facts: 'row.column',
      columns: [
        { key: 'made', label: '本年制发件数', variants: ['本年制发数', '本年制定件数'] },
        { key: 'repealed', label: '本年废止件数' },
        { key: 'valid', label: '现行有效件数', variants: ['现行有效件数(历史累计)', '现行有效件'] },
      ],
      rows: [
        { key: 'proactive.regulations', label: '规章' },
        { key: 'proactive.normative_documents', label: '行政规范性文件', variants: ['规范性文件'] },
      ],
    },
    {
      key: 'proactive.art20_5',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（五）项', variants: ['第二十条第五项', '《条例》第二十条第（五）项'] },
      facts: 'row.column',
      columns: [{ key: 'decisions', label: '本年处理决定数量', variants: ['处理决定数量'] }],
      rows: [{ key: 'proactive.licensing', label: '行政许可' }],
    },
    {
      key: 'proactive.art20_6',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（六）项', variants: ['第二十条第六项', '《条例》第二十条第（六）项'] },
      facts: 'row.column',
      columns: [{ key: 'decisions', label: '本年处理决定数量', variants: ['处理决定数量'] }],
      rows: [
        { key: 'proactive.penalties', label: '行政处罚' },
        { key: 'proactive.coercion', label: '行政强制' },
      ],
    },
    {
      key: 'proactive.art20_8',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（八）项', variants: ['第二十条第八项', '《条例》第二十条第（八）项'] },
      facts: 'row.column',
      columns: [
        {
          key: 'amount_wanyuan',
          label: '本年收费金额（单位：万元）',
          variants: ['本年收费金额（万元）', '本年收费金额'],
          type: 'decimal',
          unit: '万元',
        },
      ],
      rows: [{ key: 'proactive.fees', label: '行政事业性收费' }],
    },
    {
      key: 'requests',
      record: 'requests',
      section: 'requests',
      title: '收到和处理政府信息公开申请情况',
      facts: 'row.column',
      columns: APPLICANTS,
      otherColumns: [CORNER_NOTE],
      rows: requestRows(OTHER),
    },
    REVIEW_LITIGATION,
  ],
}
