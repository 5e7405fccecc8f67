/**
 * The API's description (OpenAPI) → one page of HTML that a person can read and search, without a script.
 *
 * Shows of a schema what a caller has to know: names, kinds, what is required, what it is for. What else a schema says stands in the
 * description itself, which the page points to.
 */
import type { Access } from './access.js'

/** As much of OpenAPI as is shown here. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-access'?: Access
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Content }
  readonly responses: Readonly<Record<string, { description?: string; readonly content?: Content }>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

const WHO: Readonly<Record<Access, string>> = {
  public: '无需登录',
  self: '登录即可',
  read: '查阅（read）',
  upload: '上传（upload）',
  reextract: '重新读取（reextract）',
  delete: '删除（delete）',
  review: '审核（review）',
  monitor: '监控（monitor）',
  administer: '管理（administer）',
}

const PLACES: Readonly<Record<string, string>> = { path: '路径', query: '查询', header: '请求头', cookie: 'Cookie' }

const KINDS: Readonly<Record<string, string>> = {
  string: '文本',
  integer: '整数',
  number: '数字',
  boolean: '布尔',
  object: '对象',
  array: '数组',
  null: 'null',
}

/** What one has to send, and what one will be sent. */
type Must = '必填' | '必有'

/** How far nested objects are spelt out in place. */
const DEEPEST = 4

export function descriptionPage(description: Description): string {
  const { info, paths, components } = description
  const byTag = new Map<string, string[]>()
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? '其他'
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationSection(method, path, operation)])
    }
  }
  const tags = [...byTag.keys()]
  const named = Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith('Input'))
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title>
<link rel="stylesheet" href="/api/v1/docs.css">
<body>
<h1>${escaped(info.title)}</h1>
<p>${escaped(info.description ?? '')}</p>
<p>版本 ${escaped(info.version)}。供程序使用的描述：<a href="/api/v1/openapi.json">OpenAPI 3.1</a>。</p>
<p>程序以 API 密钥访问（请求头 <code>Authorization: Bearer gouji_…</code>）。以登录会话修改数据时，须将 <code>GET /api/v1/session</code>
给出的 csrfToken 放入请求头 <code>x-csrf-token</code>。</p>
<nav><ul>${tags.map((tag, index) => `<li><a href="#tag-${index}">${escaped(tag)}</a></li>`).join('')}<li><a href="#schemas">数据结构</a></li></ul></nav>
${tags.map((tag, index) => `<h2 id="tag-${index}">${escaped(tag)}</h2>\n${(byTag.get(tag) ?? []).join('\n')}`).join('\n')}
<h2 id="schemas">数据结构</h2>
${named.map(([name, schema]) => `<section id="schema-${escaped(name)}"><h3><code>${escaped(name)}</code></h3>${shape(schema, 0, '必有')}</section>`).join('\n')}
</body>
</html>
`
}

function operationSection(method: string, path: string, operation: Operation): string {
  const { summary, description, parameters = [], requestBody, responses } = operation
  const access = operation['x-access']
  return `<section class="operation">
<h3><span class="method">${escaped(method.toUpperCase())}</span> <code>${escaped(path)}</code></h3>
<p><strong>${escaped(summary ?? '')}</strong>${description === undefined ? '' : ` ${escaped(description)}`}</p>
<p>权限：${escaped(access === undefined ? '' : WHO[access])}</p>
${parameters.length === 0 ? '' : `<h4>参数</h4><ul>${parameters.map(parameterItem).join('')}</ul>`}
${requestBody === undefined ? '' : `<h4>请求正文</h4>${contentList(requestBody.content, '必填')}`}
<h4>响应</h4><ul>${Object.entries(responses)
    .map(
      ([status, response]) =>
        `<li><b>${status === 'default' ? '其他' : escaped(status)}</b> ${escaped(response.description ?? '')}${contentList(response.content, '必有')}</li>`,
    )
    .join('')}</ul>
</section>`
}

function parameterItem({ name, in: place, required, description, schema }: Parameter): string {
  const told = description ?? schema?.description
  return `<li><code>${escaped(name)}</code>（${escaped(PLACES[place] ?? place)}，${kindOf(schema ?? {})}${required === true ? '，必填' : ''}）${
    told === undefined ? '' : ` ${escaped(told)}`
  }</li>`
}

function contentList(content: Content | undefined, must: Must): string {
  return Object.entries(content ?? {})
    .map(
      ([type, { schema }]) =>
        `<p><code>${escaped(type)}</code></p>${schema === undefined ? '' : shape(schema, 0, must)}`,
    )
    .join('')
}

/** What is not said by its kind alone: the fields of an object, wherever it stands. */
function shape(schema: Schema, depth: number, must: Must): string {
  if (schema.$ref !== undefined || depth > DEEPEST) return depth === 0 ? `<p>${kindOf(schema)}</p>` : ''
  const { properties, required = [], items, anyOf, oneOf } = schema
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(
      ([name, field]) =>
        `<li><code>${escaped(name)}</code>（${kindOf(field)}${required.includes(name) ? `，${must}` : ''}）${
          field.description === undefined ? '' : ` ${escaped(field.description)}`
        }${shape(field, depth + 1, must)}</li>`,
    )
    return `<ul>${fields.join('')}</ul>`
  }
  if (items !== undefined)
    return (depth === 0 ? `<p>${kindOf(schema)}</p>` : '') + shape(items, Math.max(depth, 1), must)
  const choices = anyOf ?? oneOf
  if (choices !== undefined) return choices.map((choice) => shape(choice, depth + 1, must)).join('')
  return depth === 0 ? `<p>${kindOf(schema)}</p>` : ''
}

function kindOf(schema: Schema): string {
  const { $ref, type, format, items } = schema
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1).replace(/Input$/, '')
    return `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`
  }
  if (schema.const !== undefined) return `<code>${escaped(JSON.stringify(schema.const))}</code>`
  if (schema.enum !== undefined) return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join('、')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(kindOf).join(' 或 ')
  if (items !== undefined) return `${kindOf(items)} 的数组`
  const kinds = [type ?? '任意'].flat().map((kind) => KINDS[kind] ?? kind)
  return escaped(kinds.join(' 或 ')) + (format === undefined ? '' : `，${escaped(format)}`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
