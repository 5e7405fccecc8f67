/** 国办公开办函〔2019〕60号 《政府信息公开工作年度报告格式（试行）》; Regulations as revised (国务院令第711号), art. 49-50. */
import type { Form, RowSpec } from '../form.js'
import { APPLICANTS, CORNER_NOTE, REVIEW_LITIGATION, requestRows, SECTIONS } from './common.js'

const OTHER: RowSpec = { key: 'requests.outcome.other.subtotal', label: '（六）其他处理', variants: ['（六）其他'] }

export const form2019: Form = {
  vintage: '2019',
  years: { from: 2019, to: 2020 },
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
        { key: 'made', label: '本年新制作数量', variants: ['本年新', '本年制作数量'] },
        { key: 'newly_disclosed', label: '本年新公开数量', variants: ['本年新'] },
        { key: 'disclosed_total', label: '对外公开总数量', variants: ['对外公开总数'] },
      ],
      rows: [
        { key: 'proactive.regulations', label: '规章' },
        { key: 'proactive.normative_documents', label: '规范性文件', variants: ['行政规范性文件'] },
      ],
    },
    {
      key: 'proactive.art20_5',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（五）项', variants: ['第二十条第五项', '《条例》第二十条第（五）项'] },
      facts: 'row.column',
      columns: [
        { key: 'items_prev_year', label: '上一年项目数量', variants: ['上年项目数量'], unit: '项' },
        { key: 'items_change', label: '本年增/减', variants: ['本年增减'], type: 'signed_integer', unit: '项' },
        { key: 'decisions', label: '处理决定数量', variants: ['本年处理决定数量'] },
      ],
      rows: [
        { key: 'proactive.licensing', label: '行政许可' },
        { key: 'proactive.other_services', label: '其他对外管理服务事项' },
      ],
    },
    {
      key: 'proactive.art20_6',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（六）项', variants: ['第二十条第六项', '《条例》第二十条第（六）项'] },
      facts: 'row.column',
      columns: [
        { key: 'items_prev_year', label: '上一年项目数量', variants: ['上年项目数量'], unit: '项' },
        { key: 'items_change', label: '本年增/减', variants: ['本年增减'], type: 'signed_integer', unit: '项' },
        { key: 'decisions', label: '处理决定数量', variants: ['本年处理决定数量'] },
      ],
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
        { key: 'items_prev_year', label: '上一年项目数量', variants: ['上年项目数量'], unit: '项' },
        { key: 'items_change', label: '本年增/减', variants: ['本年增减'], type: 'signed_integer', unit: '项' },
      ],
      rows: [{ key: 'proactive.fees', label: '行政事业性收费' }],
    },
    {
      key: 'proactive.art20_9',
      record: 'proactive',
      section: 'proactive',
      title: '主动公开政府信息情况',
      banner: { label: '第二十条第（九）项', variants: ['第二十条第九项', '《条例》第二十条第（九）项'] },
      facts: 'row.column',
      columns: [
        { key: 'projects', label: '采购项目数量', unit: '项' },
        {
          key: 'amount_wanyuan',
          label: '采购总金额',
          variants: ['采购总金额（单位:万元）', '采购总金额（万元）'],
          type: 'decimal',
          unit: '万元',
        },
      ],
      rows: [{ key: 'proactive.procurement', label: '政府集中采购' }],
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
