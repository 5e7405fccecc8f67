/** Codes of failures, refusals and flags → what happened and what one can do, in a few words. */
import type { FailureCode } from '../../../src/record.js'
import { FAILURES_IN_ENGLISH } from '../../../src/review/failures-in-english.js'
import type { Language, Words } from '../wording/language.js'
import type { FirstFlag } from './answers.js'

type Reasons = Readonly<Record<FailureCode | 'given_up', string>>

const IN_CHINESE: Reasons = {
  empty: '空文件；请重新下载',
  unsupported: '不读取这种文件；请转为 PDF 或 DOCX',
  encrypted: '有打开密码；请索取不加密的文件',
  corrupt: '文件已损坏；请重新下载',
  not_a_report: '不是年度报告，或是空白表格',
  too_large: '超过大小上限，未保存；请分包',
  timeout: '读取超时；可重试',
  out_of_memory: '内存不足，未能读完；可重试',
  unreadable: '看似年度报告，但读不出文字（无 OCR 的图片）',
  given_up: '多次使读取程序中止，不再自动读取；可重试',
}

const IN_ENGLISH: Reasons = {
  ...FAILURES_IN_ENGLISH,
  given_up: 'Brought the reader down repeatedly; try again by hand',
}

export const REASONS: Words<Readonly<Record<string, string>>> = { zh: IN_CHINESE, en: IN_ENGLISH }

/** In the order in which one would look for them. What is not here is told by its code. */
export const FLAG_NAMES = {
  zh: {
    check_failed: '合计不符',
    check_skipped: '合计无从核对',
    table_missing: '缺表',
    table_repeated: '表重复',
    table_misplaced: '表错位',
    cell_missing: '缺格',
    cell_unreadable: '认不出的格',
    section_missing: '缺部分',
    year_unknown: '年份不明',
    organ_unknown: '机关不明',
    title_unknown: '标题不明',
    vintage_unknown: '版式不明',
    readings_differ: '两次读取不同',
    doubtful_figure: '存疑的数字',
    distrusted_glyph: '存疑的字形',
    total_unfilled: '合计未填',
    total_blank: '合计空白',
    form_variant: '混用旧表',
    label_variant: '项目名不同',
    row_repeated: '行重复',
    row_ragged: '行不齐',
    columns_moved: '列移位',
    picture_page: '图片页',
    damaged_part: '部分损坏',
    undecodable_text: '认不出的文字',
    overprinted_text: '文字重叠',
  } as Readonly<Record<string, string>>,
  en: {
    check_failed: 'Sum does not hold',
    check_skipped: 'Sum could not be checked',
    table_missing: 'Table missing',
    table_repeated: 'Table repeated',
    table_misplaced: 'Table out of place',
    cell_missing: 'Cell not found',
    cell_unreadable: 'Cell unreadable',
    section_missing: 'Section missing',
    year_unknown: 'Year unknown',
    organ_unknown: 'Organ unknown',
    title_unknown: 'Title unknown',
    vintage_unknown: 'Form unknown',
    readings_differ: 'Two readings differ',
    doubtful_figure: 'Doubtful figure',
    distrusted_glyph: 'Doubtful glyph',
    total_unfilled: 'Total not filled in',
    total_blank: 'Total blank',
    form_variant: 'Old form mixed in',
    label_variant: 'Label differs',
    row_repeated: 'Row repeated',
    row_ragged: 'Row uneven',
    columns_moved: 'Columns moved',
    picture_page: 'Page is a picture',
    damaged_part: 'Part damaged',
    undecodable_text: 'Text not decodable',
    overprinted_text: 'Text overprinted',
  } as Readonly<Record<string, string>>,
}

/** Why one should look at it. In Chinese with its figures. */
export function flagInWords(flag: FirstFlag | null, language: Language): string {
  if (flag === null) return ''
  return language === 'zh' ? flag.message : (FLAG_NAMES.en[flag.code] ?? flag.code)
}
