/**
 * The words of the page, Chinese first and English as the other language. Every text that a person sees stands in a table of words, one
 * a screen, of which the English part must have what the Chinese one has.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Language, Words } from './language.js'

interface Choice {
  readonly language: Language
  choose(language: Language): void
}

const Chosen = createContext<Choice>({ language: 'zh', choose: () => undefined })
const STORED = 'gouji.language'
const TAG: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(() => (localStorage.getItem(STORED) === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    localStorage.setItem(STORED, language)
    document.documentElement.lang = TAG[language]
  }, [language])
  const choice = useMemo(() => ({ language, choose }), [language])
  return <Chosen value={choice}>{children}</Chosen>
}

export function useWords<Table>(words: Words<Table>): Table {
  return words[useContext(Chosen).language]
}

export function useLanguage(): Choice {
  return useContext(Chosen)
}

/** For numbers and dates. */
export function useLocale(): string {
  return TAG[useContext(Chosen).language]
}
