/**
 * What goes wrong with a request → one answer in the form of RFC 9457, told in Chinese.
 *
 * A Problem is told as it stands, so its sentence is for the person who called, and says what to do. What Fastify and its plugins
 * refuse (validation, size, kind of content) is told in our words. Everything else is our mistake or the infrastructure's: it is logged
 * with its stack, and the caller sees nothing but a number to ask by.
 */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FieldFault, PlainCode, ProblemCode, Problems } from './problem-codes.js'

type Extra<Code extends ProblemCode> = Code extends PlainCode ? [extra?: Problems[Code]] : [extra: Problems[Code]]

export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = 'Problem'
  /** What the answer has besides. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    readonly status: number,
    readonly code: Code,
    message: string,
    ...[extra]: Extra<Code>
  ) {
    super(message)
    this.extra = { ...extra }
  }
}

export const ProblemBody = z
  .looseObject({
    type: z.string().meta({ description: 'about:blank：问题由 status 与 code 说明' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: '给人看的一句话' }),
    code: z.string().meta({ description: '给程序看的代码，不随措辞改变' }),
    requestId: z.string().meta({ description: '请求编号，与日志对应' }),
    errors: z
      .array(z.looseObject({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: '哪些字段有误' }),
  })
  .meta({ id: 'Problem' })

const TITLES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '尚未登录',
  403: '没有权限',
  404: '未找到',
  405: '方法不受支持',
  406: '无法提供所需格式',
  408: '请求超时',
  409: '与现状冲突',
  410: '已不存在',
  411: '缺少长度',
  412: '前提不成立',
  413: '内容过大',
  414: '地址过长',
  415: '内容类型不受支持',
  416: '范围无效',
  422: '内容无法处理',
  423: '已锁定',
  429: '请求过于频繁',
  431: '请求头过大',
  500: '服务器内部错误',
  503: '服务暂不可用',
  507: '存储空间不足',
}

/** What Fastify and its plugins refuse with, by their codes. */
const REFUSALS: Readonly<Record<string, { status: number; code: PlainCode; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', detail: '请求正文超过大小上限。' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    detail: '不支持请求所用的内容类型（Content-Type）。',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'invalid_json', detail: '请求正文为空，应为 JSON。' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'invalid_json', detail: '请求正文不是有效的 JSON。' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'length_mismatch',
    detail: '请求正文的长度与 Content-Length 不一致，上传可能中断，请重试。',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'invalid_address', detail: '请求地址的编码有误。' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'invalid_address', detail: '请求地址过长。' },
  FST_REQ_FILE_TOO_LARGE: { status: 413, code: 'file_too_large', detail: '文件超过大小上限。' },
  FST_PARTS_LIMIT: { status: 413, code: 'too_many_parts', detail: '一次上传的内容项过多，请分批上传。' },
  FST_FILES_LIMIT: { status: 413, code: 'too_many_files', detail: '一次上传的文件过多，请分批上传。' },
  FST_FIELDS_LIMIT: { status: 413, code: 'too_many_fields', detail: '一次上传的字段过多。' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    detail: '上传文件应使用 multipart/form-data。',
  },
  FST_PROTO_VIOLATION: { status: 400, code: 'invalid_field', detail: '表单中有不允许的字段名。' },
  FST_MP_PREMATURE_CLOSE: { status: 400, code: 'upload_interrupted', detail: '上传未完成即已中断，请重试。' },
}

const PARTS: Readonly<Record<string, string>> = {
  body: '请求正文',
  querystring: '查询参数',
  params: '路径参数',
  headers: '请求头',
}

/** What an error means for the caller; null: nothing that is the caller's to know. */
export function problemOf(error: Error): Problem | null {
  if (error instanceof Problem) return error
  const { code, statusCode, validation, validationContext } = error as FastifyError
  if (validation !== undefined) {
    const errors = validation.map(({ instancePath, message, keyword, params }): FieldFault => {
      const limit = params.minimum ?? params.maximum
      return {
        field: instancePath.split('/').filter(Boolean).join('.'),
        message: message ?? '内容有误',
        rule: keyword,
        ...(limit !== undefined && { limit: String(limit) }),
      }
    })
    const part = PARTS[validationContext ?? ''] ?? '请求'
    const told = errors.map(({ field, message }) => (field === '' ? message : `${field}：${message}`))
    return new Problem(400, 'invalid_request', `${part}有误。${told.join('；')}。`, { errors })
  }
  const refusal = REFUSALS[code]
  if (refusal !== undefined) return new Problem(refusal.status, refusal.code, refusal.detail)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'refused', `${titleOf(statusCode)}。`)
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Problem(507, 'storage_full', '服务器存储空间不足，内容未能保存。请联系管理员。')
  }
  if (isAway(error)) {
    return new Problem(503, 'unavailable', '数据库或存储暂时无法连接，请稍后重试。', { retryAfter: 5 })
  }
  return null
}

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

/** The infrastructure is away, and the same request may well succeed later. The drivers say so by codes, or by no more than words. */
function isAway(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  // PostgreSQL: 08, the connection broke; 57P, it is being shut down or started; 53300, it takes no more connections.
  if (code !== undefined && (AWAY.has(code) || /^(08...|57P..|53300)$/.test(code))) return true
  return /^(Connection terminated|Connection is closed|timeout exceeded when trying to connect)/.test(error.message)
}

export function handleError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error)
  if (problem !== null) {
    // Of what the service itself found to be away, why; of a refusal there is nothing to say that the status does not.
    if (problem.status >= 500) request.log.warn({ err: error, code: problem.code }, 'request could not be served')
    return sendProblem(request, reply, problem)
  }
  if (request.raw.readableAborted) {
    // There is nobody left to answer, and what the reader of the upload threw says no more than that.
    request.log.info('the caller went away')
  } else {
    request.log.error({ err: error }, 'request failed')
  }
  return sendProblem(
    request,
    reply,
    new Problem(500, 'internal', `服务器出现内部错误，请稍后重试；如仍出现，请将请求编号 ${request.id} 告知管理员。`),
  )
}

export function handleNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, new Problem(404, 'not_found', '没有这个地址，或该地址不支持此方法。'))
}

/** As text, so that no route's response schema is laid over it. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfter } = problem.extra
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter))
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(String)
    .send(problemText(problem, request.id))
}

export function problemText({ status, code, message, extra }: Problem, requestId: string): string {
  return JSON.stringify({
    ...extra,
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail: message,
    code,
    requestId,
  })
}

function titleOf(status: number): string {
  return TITLES[status] ?? STATUS_CODES[status] ?? '请求未能完成'
}
