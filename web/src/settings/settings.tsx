/** /settings: one's password, language, light, single keys; for administrators, how much of what was accepted is drawn for audit. */
import { useState } from 'react'
import type { Who } from '../api/session.js'
import { Segments } from '../parts/segments.js'
import { keepKeys, useOwnKeys } from '../review/own-keys.js'
import { chooseTheme, currentTheme, type Theme } from '../theme.js'
import type { Language } from '../wording/language.js'
import { useLanguage, useWords } from '../wording/words.js'
import { AuditShare } from './audit-share.js'
import { OwnKeys } from './own-keys.js'
import { Password } from './password.js'
import { SETTINGS_WORDS } from './settings-words.js'
import './settings.css'

export function Settings({ who }: { readonly who: Who }) {
  const words = useWords(SETTINGS_WORDS)
  return (
    <div className="set-page">
      <h1>{words.title}</h1>
      <section className="card set-card" aria-labelledby="me">
        <h2 id="me">{words.me}</h2>
        <dl className="set-list">
          <dt>{words.name}</dt>
          <dd>{who.name}</dd>
          <dt>{words.role}</dt>
          <dd>{who.role === null ? '–' : words.roles[who.role]}</dd>
          <dt>{words.may}</dt>
          <dd className="set-scopes">
            {who.scopes.map((scope) => (
              <span key={scope} className="tag">
                {words.scopes[scope]}
              </span>
            ))}
          </dd>
        </dl>
      </section>
      <Looks />
      {who.scopes.includes('review') && <OwnKeys />}
      <Password name={who.name} />
      {who.scopes.includes('administer') && <AuditShare />}
    </div>
  )
}

function Looks() {
  const words = useWords(SETTINGS_WORDS)
  const { language, choose } = useLanguage()
  const [theme, setTheme] = useState(currentTheme)
  const keys = useOwnKeys()
  return (
    <section className="card set-card" aria-labelledby="looks">
      <h2 id="looks">{words.looks}</h2>
      <div className="set-row">
        <span>{words.language}</span>
        <Segments<Language>
          label={words.language}
          value={language}
          choices={[
            [
              'zh',
              <span key="zh" lang="zh-CN">
                中文
              </span>,
            ],
            ['en', 'English'],
          ]}
          onChoose={choose}
        />
      </div>
      <div className="set-row">
        <span>{words.theme}</span>
        <Segments<Theme>
          label={words.theme}
          value={theme}
          choices={[
            ['light', words.light],
            ['dark', words.dark],
          ]}
          onChoose={(chosen) => {
            chooseTheme(chosen)
            setTheme(chosen)
          }}
        />
      </div>
      <div className="set-row">
        <span>
          {words.keys}
          <span className="xs s3">{words.keysAbout}</span>
        </span>
        <Segments<'on' | 'off'>
          label={words.keys}
          value={keys.singleKeys ? 'on' : 'off'}
          choices={[
            ['on', words.on],
            ['off', words.off],
          ]}
          onChoose={(chosen) => keepKeys({ ...keys, singleKeys: chosen === 'on' })}
        />
      </div>
    </section>
  )
}
