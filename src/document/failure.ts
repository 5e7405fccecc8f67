/**
 * Why nothing could be read. One list of codes (record.ts), and here for each the sentence that tells the person what
 * happened and what to do. No path, no stack and no internal name gets into a message.
 */
import type { Failure, FailureCode } from './model.js'

const MESSAGES: Record<FailureCode, string> = {
  empty: '文件是空的，没有任何内容。请重新上传原件。',
  unsupported: '不支持这种文件格式。请另存为 PDF、DOCX、HTML 或纯文本后重新上传。',
  encrypted: '文件设有打开密码，无法读取。请去除密码后重新上传。',
  corrupt: '文件已损坏或不完整，无法读取。请从来源处重新取得原件后上传。',
  not_a_report: '文件可以读取，但其中没有政府信息公开工作年度报告的法定内容。请确认上传的是年度报告。',
  too_large: '文件超出处理上限。请拆分或压缩后重新上传。',
  timeout: '文件在规定时间内未能读完，已停止处理。请检查文件是否异常，或另存后重新上传。',
  out_of_memory: '读取文件所需内存超出上限，已停止处理。请检查文件是否异常，或另存后重新上传。',
  unreadable: '文件内容是图片，未能读出其中的文字。请上传带文字的版本。',
}

/** `detail` is a clause in Chinese put in front of the sentence: which limit, which part. */
export function failure(code: FailureCode, detail?: string): Failure {
  return { code, message: detail === undefined ? MESSAGES[code] : `${detail}。${MESSAGES[code]}` }
}

export function fail(code: FailureCode, detail?: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: failure(code, detail) }
}
