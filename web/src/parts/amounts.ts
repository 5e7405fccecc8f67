/** Numbers and instants as the language of the page writes them. */
import { useMemo } from 'react'
import { useLocale } from '../wording/words.js'

export interface Amounts {
  readonly number: (value: number) => string
  /** Of a share between 0 and 1. */
  readonly percent: (value: number) => string
  readonly day: (instant: string) => string
  readonly moment: (instant: string) => string
}

export function useAmounts(): Amounts {
  const locale = useLocale()
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    return {
      number: (value) => number.format(value),
      percent: (value) => percent.format(value),
      day: (instant) => day.format(new Date(instant)),
      moment: (instant) => moment.format(new Date(instant)),
    }
  }, [locale])
}
