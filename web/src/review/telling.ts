/** What a record says in Chinese, in the language of the page: the English of it where there is one, else the Chinese, marked as such. */
import { useMemo } from 'react'
import { useLanguage } from '../wording/words.js'

export interface Telling {
  readonly text: string
  /** Where it is not the language of the page. */
  readonly lang: 'zh-CN' | undefined
}

export type Tell = (chinese: string, english: () => string | null) => Telling

export function useTell(): Tell {
  const { language } = useLanguage()
  return useMemo(
    () => (chinese, english) => {
      if (language === 'zh') return { text: chinese, lang: undefined }
      const text = english()
      return text === null ? { text: chinese, lang: 'zh-CN' } : { text, lang: undefined }
    },
    [language],
  )
}
