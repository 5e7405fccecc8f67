/**
 * Accepting an invitation. Its token stands after the # of the address, where only this page sees it, and is taken out of the address at once.
 */
import { type FormEvent, useState } from 'react'
import { send } from '../api/call.js'
import { LanguageSwitch, ThemeSwitch } from '../parts/frame.js'
import { useTold } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { ENTRY_WORDS } from './sign-in.js'

const WORDS = {
  zh: {
    welcome: '欢迎使用勾稽',
    explain: '请设置您的用户名和密码。邀请链接只能使用一次。',
    name: '用户名（可用中文）',
    password: '密码（至少 10 个字符）',
    again: '再次输入密码',
    done: '确定',
    broken: '邀请链接不完整，请从收到的链接重新打开本页。',
    different: '两次输入的密码不一致。',
  },
  en: {
    welcome: 'Welcome to gouji',
    explain: 'Choose a name and a password. The invitation can be used once.',
    name: 'Name',
    password: 'Password (10 characters or more)',
    again: 'Password again',
    done: 'Continue',
    broken: 'The invitation is incomplete. Open the link that you were given again.',
    different: 'The passwords differ.',
  },
}

const token = location.pathname === '/join' ? location.hash.slice(1) : ''
if (token !== '') history.replaceState(null, '', location.pathname)

export function Join() {
  const words = useWords(WORDS)
  const entry = useWords(ENTRY_WORDS)
  const told = useTold()
  const [trouble, setTrouble] = useState(token === '' ? words.broken : '')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const [name, password, again] = ['name', 'password', 'again'].map((field) => String(given.get(field)))
    if (password !== again) return setTrouble(words.different)
    setBusy(true)
    setTrouble('')
    try {
      await send('POST', '/invitations/accept', { token, name, password })
      location.assign('/')
    } catch (error) {
      setTrouble(told(error))
      setBusy(false)
    }
  }
  return (
    <main className="entry">
      <form className="card entry-card" onSubmit={submit}>
        <h1>{words.welcome}</h1>
        <p className="s2">{entry.purpose}</p>
        <p>{words.explain}</p>
        <label>
          {words.name}
          <input name="name" autoComplete="username" required maxLength={32} />
        </label>
        <label>
          {words.password}
          <input name="password" type="password" autoComplete="new-password" required minLength={10} maxLength={256} />
        </label>
        <label>
          {words.again}
          <input name="again" type="password" autoComplete="new-password" required maxLength={256} />
        </label>
        <button type="submit" className="btn p" disabled={isBusy || token === ''}>
          {words.done}
        </button>
        <p role="alert" className="trouble">
          {trouble}
        </p>
      </form>
      <div className="row g8 entry-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}
