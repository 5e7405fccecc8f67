/**
 * The pages one needs before there is anything else: signing in, and following an invitation. Plain HTML with one script and one style
 * sheet of ours; the rest of the work is the script's calls to the API.
 *
 * The token of an invitation stands after the # of its address, where only the script sees it, and is taken out of the address at once.
 */
import { z } from 'zod'
import type { App } from './app-type.js'

export function pageRoutes(app: App): void {
  const files: readonly { url: string; type: string; text: string }[] = [
    { url: '/', type: 'text/html', text: HOME },
    { url: '/join', type: 'text/html', text: JOIN },
    { url: '/pages/entry.js', type: 'text/javascript', text: SCRIPT },
    { url: '/pages/style.css', type: 'text/css', text: STYLE },
  ]
  for (const { url, type, text } of files) {
    app.route({
      method: 'GET',
      url,
      config: { access: 'public' },
      schema: { hide: true, response: { 200: z.string() } },
      handler: async (_request, reply) =>
        reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-cache').serializer(String).send(text),
    })
  }
}

const head = (title: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/pages/style.css">
<script src="/pages/entry.js" defer></script>
</head>`

const HOME = `${head('勾稽')}
<body>
<h1>勾稽</h1>
<p>政府信息公开工作年度报告的读取与核对。</p>
<noscript><p class="message">登录需要启用浏览器的 JavaScript。</p></noscript>
<form id="sign-in" hidden>
<h2>登录</h2>
<label>用户名 <input name="name" autocomplete="username" required maxlength="32"></label>
<label>密码 <input name="password" type="password" autocomplete="current-password" required maxlength="256"></label>
<button>登录</button>
</form>
<section id="who" hidden>
<p><span id="greeting"></span></p>
<button id="sign-out" type="button">退出登录</button>
</section>
<p class="message" id="message" role="alert"></p>
<p><a href="/api/v1/docs">API 说明</a></p>
</body>
</html>
`

const JOIN = `${head('接受邀请 · 勾稽')}
<body>
<h1>欢迎使用勾稽</h1>
<p>请设置您的用户名和密码。邀请链接只能使用一次。</p>
<noscript><p class="message">此页面需要启用浏览器的 JavaScript。</p></noscript>
<form id="join" hidden>
<label>用户名（可用中文） <input name="name" autocomplete="username" required maxlength="32"></label>
<label>密码（至少 10 个字符） <input name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="256"></label>
<label>再次输入密码 <input name="again" type="password" autocomplete="new-password" required maxlength="256"></label>
<button>确定</button>
</form>
<p class="message" id="message" role="alert"></p>
</body>
</html>
`

const SCRIPT = `const ROLES = { archivist: '档案员', reviewer: '审核员', analyst: '分析员', administrator: '管理员' }
const at = (id) => document.getElementById(id)
const tell = (text) => { at('message').textContent = text }

async function call(method, path, body, headers = {}) {
  let answer
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new Error('无法连接服务器，请检查网络后重试。')
  }
  if (answer.status === 204) return null
  const told = await answer.json().catch(() => ({}))
  if (answer.ok) return told
  throw Object.assign(new Error(told.detail ?? '服务器未能处理请求，请稍后重试。'), { status: answer.status })
}

function onSubmit(form, act) {
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    button.disabled = true
    tell('')
    try {
      await act(Object.fromEntries(new FormData(form)))
    } catch (error) {
      tell(error.message)
    }
    button.disabled = false
  })
}

function greet(who) {
  at('sign-in').hidden = true
  at('who').hidden = false
  at('greeting').textContent = who.name + '，您已登录' + (ROLES[who.role] ? '（' + ROLES[who.role] + '）。' : '。')
  at('sign-out').onclick = async () => {
    try {
      await call('DELETE', '/api/v1/session', undefined, { 'x-csrf-token': who.csrfToken })
      location.reload()
    } catch (error) {
      tell(error.message)
    }
  }
}

async function home() {
  try {
    greet(await call('GET', '/api/v1/session'))
  } catch (error) {
    if (error.status !== 401) tell(error.message)
    onSubmit(at('sign-in'), async ({ name, password }) => greet(await call('POST', '/api/v1/session', { name, password })))
  }
}

function join() {
  const token = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  if (token === '') return tell('邀请链接不完整，请从收到的链接重新打开本页。')
  onSubmit(at('join'), async ({ name, password, again }) => {
    if (password !== again) throw new Error('两次输入的密码不一致。')
    await call('POST', '/api/v1/invitations/accept', { token, name, password })
    location.assign('/')
  })
}

if (at('join')) join()
else home()
`

const STYLE = `:root { color-scheme: light dark; }
body { max-width: 28rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
body.wide { max-width: 60rem; margin-top: 1.5rem; }
label { display: block; margin: 1rem 0; }
input { display: block; box-sizing: border-box; width: 100%; padding: 0.5rem; font: inherit; }
button { padding: 0.5rem 1.5rem; font: inherit; }
.message { color: light-dark(#b3261e, #f2b8b5); min-height: 1.6em; }
.operation { border-top: 1px solid #8886; }
.method { font-weight: bold; }
h3 { margin-bottom: 0; }
h4 { margin: 0.5rem 0 0; }
section p { margin: 0.25rem 0; }
section ul { margin: 0.25rem 0; padding-left: 1.5rem; }
code { overflow-wrap: anywhere; }
`
