/** A document that speaks of yearly reports from beginning to end, has a table, and is none. */
import type { Block, SampleCell } from './model.js'

export const NOTICE_TITLE = '清源市人民政府办公室关于报送2023年政府信息公开工作年度报告的通知'

export function notice(): Block[] {
  return [
    { kind: 'title', lines: ['清源市人民政府办公室', '关于报送2023年政府信息公开工作年度报告的通知'] },
    { kind: 'paragraph', text: '各县（区）人民政府，市政府各部门：' },
    {
      kind: 'paragraph',
      text: '按照《中华人民共和国政府信息公开条例》的要求，现就报送2023年政府信息公开工作年度报告有关事项通知如下。',
    },
    { kind: 'heading', level: 1, ordinal: '一', text: '报告内容' },
    {
      kind: 'paragraph',
      text: '报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分，表格按照统一格式填写，没有的填零，不留空白。',
    },
    { kind: 'heading', level: 1, ordinal: '二', text: '报送时间' },
    { kind: 'paragraph', text: '各单位按下表的时间报送，逾期未报的予以通报。' },
    { kind: 'table', table: { widths: [2, 2, 1], rowCount: 3, headerRows: 1, cells: schedule() } },
    { kind: 'heading', level: 1, ordinal: '三', text: '有关要求' },
    {
      kind: 'paragraph',
      text: '报送前应当逐项核对表内和表间的数量关系，正文中的数字应当与表格一致。报告公布后发现差错的，及时更正并说明。',
    },
    { kind: 'paragraph', text: '清源市人民政府办公室' },
    { kind: 'paragraph', text: '2023年12月18日' },
  ]
}

function schedule(): SampleCell[] {
  return [
    ['报送单位', '截止日期', '份数'],
    ['市政府各部门', '2024年1月20日', '2'],
    ['各县（区）人民政府', '2024年2月20日', '2'],
  ].flatMap((texts, row) =>
    texts.map((text, column) => ({ row, column, rowSpan: 1, columnSpan: 1, text, kind: 'label' as const })),
  )
}
