/** What queries that read out have in common: words that the database takes, years, pages, and answers that need not be sent again. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** No text of the database holds a NUL. */
export const Words = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/)

export const Year = z.coerce.number().int().min(1900).max(2200)

export const Region = z
  .string()
  .regex(/^\d{2}(\d{2}){0,2}$/)
  .meta({ description: '区划代码（GB/T 2260），包括其下各区划' })

export const pageLimit = (byDefault: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(byDefault).meta({ description: '每页条数' })

/** "true" or "false": whatever else is coerced to true is a mistake. */
export const YesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true')

/** An answer that is no JSON, sent as it is. */
export const Bytes = z.unknown().meta({ type: 'string', format: 'binary' })

/** Says true where the caller has it already: it is told so, and nothing is left to send. */
export function isKnownToCaller(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!tags.includes(etag) && !tags.includes('*')) return false
  reply.code(304).header('etag', etag)
  return true
}

/**
 * The name under which a browser saves, by RFC 6266: the name itself in the form of RFC 5987, and one of ASCII for what does not know it.
 */
export function attachment(fileName: string, plainName: string): string {
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`
}
