/** Signing in. Whoever does comes to the screen whose address was asked for. */
import type { FormEvent } from 'react'
import { useSignIn } from '../api/session.js'
import { LanguageSwitch, ThemeSwitch } from '../parts/frame.js'
import { useTold } from '../parts/notice.js'
import { useWords } from '../wording/words.js'

export const ENTRY_WORDS = {
  zh: {
    product: '勾稽',
    purpose: '政府信息公开工作年度报告的读取与核对',
    signIn: '登录',
    name: '用户名',
    password: '密码',
  },
  en: {
    product: 'gouji 勾稽',
    purpose: 'Annual information disclosure reports, read and reconciled',
    signIn: 'Sign in',
    name: 'Name',
    password: 'Password',
  },
}

export function SignIn() {
  const words = useWords(ENTRY_WORDS)
  const told = useTold()
  const signIn = useSignIn()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    signIn.mutate({ name: String(given.get('name')), password: String(given.get('password')) })
  }
  return (
    <main className="entry">
      <form className="card entry-card" onSubmit={submit}>
        <h1>{words.product}</h1>
        <p className="s2">{words.purpose}</p>
        <label>
          {words.name}
          <input name="name" autoComplete="username" required maxLength={32} />
        </label>
        <label>
          {words.password}
          <input name="password" type="password" autoComplete="current-password" required maxLength={256} />
        </label>
        <button type="submit" className="btn p" disabled={signIn.isPending}>
          {words.signIn}
        </button>
        <p role="alert" className="trouble">
          {signIn.error !== null && told(signIn.error)}
        </p>
      </form>
      <div className="row g8 entry-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}
