/**
 * The routes' schemas → the API's description (OpenAPI 3.1), for programs and, as a page, for people.
 */
import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { VERSION } from '../../version.js'
import type { Access } from './access.js'
import type { App } from './app-type.js'
import { type Description, descriptionPage } from './description-page.js'
import { DESCRIPTION_STYLE } from './description-style.js'
import { ProblemBody } from './problem.js'

const TROUBLE = { description: '出错时', content: { 'application/problem+json': { schema: ProblemBody } } }

/** To be called before there are routes: it watches them being added. */
export async function describeRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '勾稽 API',
        version: VERSION,
        description:
          '政府信息公开工作年度报告的接收、读取、核对与导出。出错时一律返回 application/problem+json（RFC 9457），detail 为中文说明。',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'gouji', description: '登录后的会话' },
          key: { type: 'http', scheme: 'bearer', description: 'API 密钥，以 gouji_ 开头' },
        },
      },
    },
    transform: ({ schema, route, ...rest }) => {
      const access = route.config?.access
      const described = { ...schema, response: { ...(schema?.response as object | undefined), default: TROUBLE } }
      const transformed = jsonSchemaTransform({ ...rest, schema: described, route })
      const security = access === 'public' ? [] : [{ session: [] }, { key: [] }]
      return { ...transformed, schema: { ...transformed.schema, security, 'x-access': access } as object }
    },
    transformObject: (document) => inChinese(jsonSchemaTransformObject(document) as Description) as object,
  })
}

export function descriptionRoutes(app: App): void {
  const config: { access: Access } = { access: 'public' }
  const once = <T>(make: () => T): (() => T) => {
    let made: T | undefined
    return () => {
      made ??= make()
      return made
    }
  }
  // The routes do not change once the server is ready.
  const description = once(() => app.swagger() as unknown as Description)
  const page = once(() => descriptionPage(description()))

  app.route({
    method: 'GET',
    url: '/api/v1/openapi.json',
    config,
    schema: { summary: '本 API 的 OpenAPI 3.1 描述', tags: ['说明'], response: { 200: z.looseObject({}) } },
    handler: async (_request, reply) =>
      reply
        .type('application/json; charset=utf-8')
        .serializer(JSON.stringify)
        .send({ ...description() }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/docs',
    config,
    schema: { hide: true },
    handler: async (_request, reply) => reply.type('text/html; charset=utf-8').send(page()),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/docs.css',
    config,
    schema: { hide: true },
    handler: async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(DESCRIPTION_STYLE),
  })
}

function inChinese(description: Description): Description {
  for (const operations of Object.values(description.paths)) {
    for (const { responses } of Object.values(operations)) {
      for (const [status, response] of Object.entries(responses)) {
        if (response.description === 'Default Response')
          response.description = status === '204' ? '成功，无内容' : '成功'
      }
    }
  }
  return description
}
