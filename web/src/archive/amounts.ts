/** Bytes and instants in words. */

const UNITS = ['B', 'KB', 'MB', 'GB'] as const

export function bytesInWords(bytes: number): string {
  let amount = bytes
  let unit = 0
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024
    unit += 1
  }
  return `${amount < 10 && unit > 1 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`
}

export function momentInWords(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
}

/** 2023-11-05, in both languages. Sweden writes days so. */
const DAY = new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' })

export function dayInWords(instant: string): string {
  return DAY.format(new Date(instant))
}
