/**
 * What zod finds wrong with a request, in Chinese, for the person who wrote the program that called.
 *
 * What is told never repeats the value that was given: it may be a password.
 */
import type { z } from 'zod'

const KINDS: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组',
  object: '对象',
  date: '日期',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'ISO 8601 日期时间（如 2024-03-01T08:00:00Z）',
  date: 'ISO 8601 日期（如 2024-03-01）',
  uuid: 'UUID',
  url: '网址',
  regex: '规定的格式',
}

const UNITS: Readonly<Record<string, string>> = { string: '个字符', array: '项', set: '项' }

export const chineseWording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return '不能缺少'
      return shouldBe(KINDS[issue.expected] ?? issue.expected)
    case 'invalid_value':
      return `应为 ${issue.values.map(String).join('、')}${issue.values.length > 1 ? ' 之一' : ''}`
    case 'invalid_format':
      return shouldBe(FORMATS[issue.format] ?? issue.format)
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.inclusive ?? true, {
        within: '至少需要',
        inside: '应大于',
        reach: '不能小于',
      })
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.inclusive ?? true, {
        within: '最多允许',
        inside: '应小于',
        reach: '不能大于',
      })
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`
    case 'unrecognized_keys':
      return `含有未知字段 ${issue.keys.join('、')}`
    case 'invalid_union':
      return '不符合任何一种允许的形式'
    default:
      return '内容有误'
  }
}

/** Words in Latin letters stand apart from Chinese. */
function shouldBe(what: string): string {
  return /^[ -~]/.test(what) ? `应为 ${what}` : `应为${what}`
}

function bound(
  origin: string,
  limit: number | bigint,
  inclusive: boolean,
  say: { readonly within: string; readonly inside: string; readonly reach: string },
): string {
  const unit = UNITS[origin]
  if (unit !== undefined) return `${say.within} ${limit} ${unit}`
  return `${inclusive ? say.reach : say.inside} ${limit}`
}
