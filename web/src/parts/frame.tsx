/** The head over all screens but the review of one report: where one can go, who one is, language and light. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useSignOut, type Who } from '../api/session.js'
import { useLeftInQueue } from '../review/queue-left.js'
import { chooseTheme, useTheme } from '../theme.js'
import { useLanguage, useWords } from '../wording/words.js'
import { Icon } from './icon.js'

const WORDS = {
  zh: {
    name: '勾稽',
    archive: '档案',
    review: '复核',
    organs: '机构',
    overview: '总览',
    main: '主导航',
    toMain: '跳到正文',
    other: 'EN',
    language: '切换为英文',
    dark: '深色',
    light: '浅色',
    settings: '我的设置',
    people: '用户',
    keys: 'API 密钥',
    api: 'API 说明',
    signOut: '退出登录',
  },
  en: {
    name: 'gouji',
    archive: 'Archive',
    review: 'Review',
    organs: 'Organs',
    overview: 'Overview',
    main: 'Main',
    toMain: 'Skip to content',
    other: '中',
    language: 'Switch to Chinese',
    dark: 'Dark',
    light: 'Light',
    settings: 'My settings',
    people: 'People',
    keys: 'API keys',
    api: 'API',
    signOut: 'Sign out',
  },
}

export function Frame({ who, children }: { readonly who: Who; readonly children: ReactNode }) {
  const words = useWords(WORDS)
  const places = [
    { to: '/archive/reports', under: ['/archive', '/batches'], name: words.archive, isOpen: true },
    { to: '/review', under: ['/review'], name: words.review, isOpen: who.scopes.includes('review') },
    { to: '/organs', under: ['/organs'], name: words.organs, isOpen: true },
    { to: '/overview', under: ['/overview'], name: words.overview, isOpen: true },
  ]
  const [address] = useLocation()
  const left = useLeftInQueue(who.scopes.includes('review'))
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {words.toMain}
      </a>
      <header className="hd">
        <Link href="/" className="brand">
          <span className="m">
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <path d="M7 6v7h10M17 9v9" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
            </svg>
          </span>
          {words.name}
        </Link>
        <nav className="nav" aria-label={words.main}>
          {places
            .filter(({ isOpen }) => isOpen)
            .map(({ to, under, name }) => {
              const isHere = under.some((start) => address.startsWith(start))
              return (
                <Link key={to} href={to} className={isHere ? 'on' : ''} aria-current={isHere ? 'page' : undefined}>
                  {name}
                  {to === '/review' && left !== undefined && left > 0 && <span className="badge num">{left}</span>}
                </Link>
              )
            })}
        </nav>
        <span className="sp" />
        <LanguageSwitch />
        <ThemeSwitch />
        <Me who={who} />
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

export function LanguageSwitch() {
  const words = useWords(WORDS)
  const { language, choose } = useLanguage()
  return (
    <button
      type="button"
      className="btn sm t"
      title={words.language}
      aria-label={`${words.other} ${words.language}`}
      onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
    >
      <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{words.other}</span>
    </button>
  )
}

export function ThemeSwitch() {
  const words = useWords(WORDS)
  const theme = useTheme()
  const other = theme === 'light' ? 'dark' : 'light'
  return (
    <button
      type="button"
      className="ib"
      title={words[other]}
      aria-label={words[other]}
      onClick={() => chooseTheme(other)}
    >
      <Icon name={theme === 'light' ? 'moon' : 'sun'} />
    </button>
  )
}

function Me({ who }: { readonly who: Who }) {
  const words = useWords(WORDS)
  const signOut = useSignOut()
  return (
    <details className="menu">
      <summary aria-label={who.name} title={who.name}>
        <span className="av">{who.name.slice(0, 1)}</span>
      </summary>
      <div className="menu-list card">
        <p className="b el">{who.name}</p>
        <Link href="/settings">{words.settings}</Link>
        {who.scopes.includes('administer') && (
          <>
            <Link href="/admin/people">{words.people}</Link>
            <Link href="/admin/keys">{words.keys}</Link>
          </>
        )}
        <a href="/api/v1/docs">{words.api}</a>
        <button type="button" onClick={() => signOut.mutate()}>
          {words.signOut}
        </button>
      </div>
    </details>
  )
}
