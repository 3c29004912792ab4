import type { Sandbox } from '#sandbox'

type Fault = Parameters<Sandbox['telegram']['faults']['add']>[0]

/** What is to come of a delivery: how often the chat shows it, its state, and its attempts. */
export interface Fate {
  shown: number
  state: 'sent' | 'failed' | 'unknown'
  attempts: string[]
  /** What was paid for it comes back. */
  refunded?: boolean
  /** Telegram named the message that it became. */
  named?: boolean
}

export interface TelegramAnswer {
  name: string
  /** What the first calls that send it meet, one after the other. */
  faults: Fault[]
  fate: Fate
  /** The fate of what nobody asked for, where it is another: what may have arrived is never sent again. */
  unasked?: Fate
}

/** As the process of the table is configured. */
export const ATTEMPTS_MAX = 3

const error = (errorCode: number, description: string): Fault => ({ kind: 'error', errorCode, description })
const before = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({ kind, ...more })
const after = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({ kind, afterEffect: true, ...more })

const COMES: Fate = { shown: 1, state: 'sent', attempts: ['sent'] }
const COMES_LATER: Fate = { shown: 1, state: 'sent', attempts: ['retry', 'sent'] }
const COMES_AGAIN: Fate = { shown: 2, state: 'sent', attempts: ['unknown', 'sent'] }
const COMES_AFTER_ALL: Fate = { shown: 1, state: 'sent', attempts: ['unknown', 'sent'] }
const NOT_REACHED: Fate = { shown: 0, state: 'failed', attempts: ['unreachable'] }
const REFUSED: Fate = { shown: 0, state: 'failed', attempts: ['refused'], refunded: true }
/** Nobody knows: shown or not, and left at that. */
const LEFT = (shown: number): Fate => ({ shown, state: 'unknown', attempts: ['unknown'] })

/** Every answer of `telegram.md` section 2, and what is no proper answer. */
export const ANSWERS: TelegramAnswer[] = [
  { name: 'yes', faults: [], fate: COMES },
  { name: '429', faults: [before('429', { retryAfterSeconds: 1 })], fate: COMES_LATER },
  { name: '500 instead of sending', faults: [before('500')], fate: COMES_AFTER_ALL, unasked: LEFT(0) },
  { name: '500 after sending', faults: [after('500')], fate: COMES_AGAIN, unasked: LEFT(1) },
  { name: '502', faults: [before('502')], fate: COMES_LATER },
  { name: '503', faults: [error(503, 'Service Unavailable')], fate: COMES_LATER },
  { name: '504', faults: [before('504')], fate: COMES_LATER },
  {
    name: '502 to the last attempt',
    faults: Array.from({ length: ATTEMPTS_MAX }, () => before('502')),
    fate: { shown: 0, state: 'failed', attempts: ['retry', 'retry', 'retry'], refunded: true },
  },
  { name: '403 blocked', faults: [error(403, 'Forbidden: bot was blocked by the user')], fate: NOT_REACHED },
  { name: '403 deactivated', faults: [error(403, 'Forbidden: user is deactivated')], fate: NOT_REACHED },
  {
    name: "403 can't initiate",
    faults: [error(403, "Forbidden: bot can't initiate conversation with a user")],
    fate: NOT_REACHED,
  },
  { name: '400 chat not found', faults: [error(400, 'Bad Request: chat not found')], fate: REFUSED },
  { name: "400 can't parse", faults: [error(400, "Bad Request: can't parse entities: x")], fate: COMES },
  { name: '400 too long', faults: [error(400, 'Bad Request: message is too long')], fate: REFUSED },
  {
    name: 'a no with status 200',
    faults: [before('ok_false', { errorCode: 400, description: 'Bad Request: no' })],
    fate: REFUSED,
  },
  { name: 'a page of a gateway', faults: [before('html')], fate: COMES_LATER },
  {
    name: 'a page with status 200',
    faults: [before('html', { errorCode: 200 })],
    fate: COMES_AFTER_ALL,
    unasked: LEFT(0),
  },
  { name: 'half a yes', faults: [after('half')], fate: COMES_AGAIN, unasked: LEFT(1) },
  { name: 'a hang-up instead of sending', faults: [before('reset')], fate: COMES_AFTER_ALL, unasked: LEFT(0) },
  { name: 'a hang-up after sending', faults: [after('reset')], fate: COMES_AGAIN, unasked: LEFT(1) },
  { name: 'silence after sending', faults: [after('hang')], fate: COMES_AGAIN, unasked: LEFT(1) },
  {
    name: 'a message id that is none',
    faults: [after('result', { result: { message_id: 'seven' } })],
    fate: { ...COMES, named: false },
  },
  { name: 'a yes without a message', faults: [after('result', { result: true })], fate: { ...COMES, named: false } },
  {
    name: 'a hang-up after sending, twice',
    faults: [after('reset'), after('reset')],
    fate: { shown: 2, state: 'unknown', attempts: ['unknown', 'unknown'] },
    // The second one meets what comes next, which nobody asked for either.
    unasked: LEFT(1),
  },
]
