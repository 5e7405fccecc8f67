/**
 * Names and passwords: what is taken for one, and how a password is kept (argon2id, as OWASP advises).
 *
 * Checking one takes the same time whether or not there is such a user, so that answers do not tell who has an account.
 */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** The library's algorithm is argon2id unless told otherwise. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const LEAST = 10
/** Long enough for any sentence, short enough that hashing it is no work. */
export const MOST = 256

/** Those of sufficient length that head every list of passwords found in the open. */
const WORST = new Set(
  (
    '1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 1234567890a qq123456789 q123456789 ' +
    'qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv zxcvbnm123 asdfghjkl1 asdfghjkl123 ' +
    'password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 admin12345 admin123456 administrator woaini1314 ' +
    'woaini1314520 woaini123456 5201314520 1314520520 aa12345678 aa123456789 abc1234567 abc123456789 abcd123456 abcd1234567 ' +
    'iloveyou123 letmein123 welcome123 changeme123 gouji12345 gouji123456'
  ).split(' '),
)
/** One to three characters, over and over. */
const REPEATED = /^(.{1,3}?)\1+.{0,2}$/su

/** As it is kept and looked up: 张 三 typed with a wide space is the same person. */
export function foldName(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

/** Letters of any script; the dot is that of 阿依古丽·买买提. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._·-]{0,31}$/u

/** Of a folded name. */
export function isName(name: string): boolean {
  return NAME.test(name)
}

export const NAME_RULE = '应为 1 至 32 个字符，以文字或数字开头，可含空格、点、下划线和连字符。'

export type PasswordFault = 'too_short' | 'too_long' | 'same_as_name' | 'too_common'

export const PASSWORD_FAULTS: Readonly<Record<PasswordFault, string>> = {
  too_short: `密码至少需要 ${LEAST} 个字符。`,
  too_long: `密码最多 ${MOST} 个字符。`,
  same_as_name: '密码不能与用户名相同。',
  too_common: '这个密码过于常见，容易被猜中，请换一个。',
}

/** What is wrong with a new password; null: nothing. */
export function passwordFault(password: string, name: string): PasswordFault | null {
  const folded = fold(password)
  const length = [...folded].length
  if (length < LEAST) return 'too_short'
  if (length > MOST) return 'too_long'
  const plain = folded.toLowerCase()
  if (plain === name.toLowerCase()) return 'same_as_name'
  return WORST.has(plain) || REPEATED.test(plain) ? 'too_common' : null
}

export function hashPassword(password: string): Promise<string> {
  return hash(fold(password), COST)
}

let nobodys: Promise<string> | null = null

/** `kept` is null when there is no such user; the answer is then no, after as long. */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(16).toString('hex'))
  const matches = await verify(kept ?? (await nobodys), fold(password))
  return matches && kept !== null
}

/** The same keys typed on two machines give the same bytes. */
function fold(password: string): string {
  return password.normalize('NFKC')
}
