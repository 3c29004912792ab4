import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, type Ground, isOk, postJson } from './ground.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue } from './odd-values.ts'

const KIND = 'mail code'
const START = '/api/auth/email/start'
export const VERIFY_PATH = '/api/auth/email/verify'
const MAIL_DEADLINE_MS = 10_000
/** Five wrong ones would end the code, and the right one must still work. */
const WRONG_MAX = 4
const MAILBOXES = 2 ** 31

/** One address with its code: wrong ones, most often the right one after them, and the right one once more. */
export const mailCodeCase: Case = async (ground, random) => {
  const address = `m${random.int(MAILBOXES)}-${random.int(MAILBOXES)}@example.org`
  const code = await mailedCode(ground, random, address)
  if (code === null) return
  for (let tries = random.int(WRONG_MAX) + 1; tries > 0; tries -= 1) {
    const { how, verdict, body } = wrongCode(address, code, random)
    if (await verify(ground, random, { how, verdict, body })) return
  }
  const right = JSON.stringify({ email: address, code })
  if (random.chance(0.5)) return
  await verify(ground, random, { how: 'the right code', verdict: 'genuine', body: right })
  await verify(ground, random, { how: 'a used code', verdict: 'forged', body: right })
}

/** Orders a code and takes it from the mail. Null, and a finding, when none comes. */
export async function mailedCode(ground: Ground, random: Random, address: string): Promise<string | null> {
  const { court, sandbox } = ground
  const mail = sandbox.mailbox.waitForMail(({ to }) => to.includes(address), MAIL_DEADLINE_MS)
  const [letter] = await Promise.all([
    mail.catch(() => null),
    court.step(KIND, postJson(ground, random, START, JSON.stringify({ email: address })), 202),
  ])
  const code = letter && /\b\d{6}\b/.exec(letter.subject)?.[0]
  if (!code) court.find(`${KIND}: no mail with a code came to ${address}`)
  return code ?? null
}

interface Try {
  how: string
  verdict: Verdict
  body: string
}

async function verify(ground: Ground, random: Random, { how, verdict, body }: Try): Promise<boolean> {
  const request = postJson(ground, random, VERIFY_PATH, body)
  return isOk(await ground.court.judge({ kind: KIND, how, verdict, request, opens: isOk }))
}

function wrongCode(email: string, code: string, random: Random): Try {
  const hurt = mutateText(code, random)
  const odd = oddValue(code, random)
  const other = String((Number(code) + 1 + random.int(999_998)) % 1_000_000).padStart(6, '0')
  const tries: [string, unknown][] = [
    [`${hurt.how}`, { email, code: hurt.text }],
    [`${hurt.how}`, { email, code: hurt.text }],
    [`${odd.how} for the code`, { email, code: odd.value }],
    [`${odd.how} for the address`, { email: odd.value, code }],
    ['other digits', { email, code: other }],
    ['somebody else’s address', { email: `x${email}`, code }],
    ['an address with a second one', { email: `${email},x@example.org`, code }],
    ['two codes', { email, code: `${other} ${code}` }],
    ['a placeholder of SQL', { email, code: '%' }],
    ['no code', { email }],
    ['a field more', { email, code: other, user: { id: 1 } }],
  ]
  const [how, body] = random.pick(tries)
  const text = JSON.stringify(body)
  return { how, verdict: saysTheSame(text, email, code) ? 'either' : 'forged', body: text }
}

/** However it is spaced, and in whatever digits: who writes this knows the code. */
function saysTheSame(body: string, email: string, code: string): boolean {
  const sent = JSON.parse(body)
  const plain = (value: unknown) =>
    typeof value === 'string' ? value.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}\p{Pd}]/gu, '') : ''
  return plain(sent.code) === code && plain(sent.email) === plain(email)
}
