import { GrammyError, HttpError } from 'grammy'
import type { SendOutcome } from '#domain/delivery'
import { ImproperAnswerError } from './read-answer.ts'

const RETRY_AFTER_DEFAULT_SECONDS = 1
/** A longer flood wait was never seen; what asks for more is a slip of the pen. */
const RETRY_AFTER_MAX_SECONDS = 86_400
const DESCRIPTION_MAX_LENGTH = 200
/** "Bad Request" and the sentence after it. */
const CLAUSES_KEPT = 2
/** Where a quotation, an address or a name begins; an apostrophe within a word begins none. Telegram writes ASCII. */
const REPEATED = /["`<{@/]|(?<![a-z])'|[^ -~]/i

/** A failed call: what it means for the delivery, in a word for logs and figures, and for whom else. */
export interface Failure {
  outcome: Exclude<SendOutcome, { kind: 'sent' }>
  reason: Reason
  /** It may be no bad luck of one call but all of the Bot API being away. */
  suspectsAway: boolean
}

export type Reason =
  | 'flood'
  | 'blocked'
  | 'deactivated'
  | 'never_started'
  | 'chat_unknown'
  | 'markup'
  | 'our_text'
  | 'our_button'
  | 'token_revoked'
  | 'wrong_address'
  | 'other_poller'
  | 'gateway'
  | 'internal'
  | 'refused'
  | 'not_reached'
  | 'no_answer'
  | 'improper_answer'
  | 'our_bug'

/** A row of the table: both have to fit where both are named. */
interface Row {
  reason: Reason
  codes?: readonly number[]
  says?: RegExp
}

const REFUSALS = [400, 403] as const

/**
 * What the Bot API's refusals mean, the first row that fits. The code alone is "subject to change" (Bot API, "Making
 * requests"), so the words count too. Texts: telegram-bot-api server, Client.cpp; capitals: those of Telegram's core that
 * it hands on unchanged.
 */
const ANSWERS: readonly Row[] = [
  { reason: 'flood', codes: [429] },
  { reason: 'blocked', codes: REFUSALS, says: /blocked by the user|USER_IS_BLOCKED/i },
  { reason: 'deactivated', codes: REFUSALS, says: /user is deactivated|USER_DEACTIVATED/i },
  { reason: 'never_started', codes: REFUSALS, says: /can't initiate conversation/i },
  { reason: 'chat_unknown', codes: REFUSALS, says: /chat not found|user not found|PEER_ID_INVALID/i },
  {
    reason: 'markup',
    codes: [400],
    says: /can't parse (message ?)?entit|entity url .* is invalid|ENTIT(Y|IES)_[A-Z]/i,
  },
  {
    reason: 'our_text',
    codes: [400],
    says: /(message|caption) is too long|text is empty|(MESSAGE|CAPTION)_(TOO_LONG|EMPTY)/i,
  },
  { reason: 'our_button', codes: [400], says: /BUTTON_[A-Z_]*INVALID|inline keyboard/i },
  { reason: 'token_revoked', codes: [401] },
  { reason: 'wrong_address', codes: [404] },
  { reason: 'other_poller', codes: [409] },
  { reason: 'gateway', codes: [502, 503, 504] },
]

/** What one call may meet by bad luck, and all calls while the Bot API is away. */
const SUSPECTS_AWAY: ReadonlySet<Reason> = new Set([
  'token_revoked',
  'wrong_address',
  'other_poller',
  'gateway',
  'internal',
  'not_reached',
  'no_answer',
])

/** Steps before a request is written: what fails in them was never sent. */
const CALLS_BEFORE_WRITING = new Set(['connect', 'getaddrinfo'])
/** undici's and OpenSSL's names for a connection that never came to be, certificates that are not believed included. */
const NEVER_CONNECTED =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_WRONG_VERSION_NUMBER|CERT_.*|.*_CERT|.*_CERT_.*|UNABLE_TO_.*)$/
const NEVER_CONNECTED_WORDS = 'before secure TLS connection was established'

/** What a failed call of the Bot API means. Everything that may have arrived is `unknown`. */
export function classifyError(error: unknown): Failure {
  if (error instanceof GrammyError) return classifyAnswer(error)
  // Whatever the network or a stranger on the way does, grammY wraps; all else happened in our own code.
  if (!(error instanceof HttpError)) return ours(error)
  return error.error instanceof ImproperAnswerError ? classifyImproper(error.error) : classifyNetwork(error.error)
}

/** A message that says so already is what an edit wanted (Bot API: "message is not modified"). */
export function isUnchanged(error: unknown): boolean {
  return error instanceof GrammyError && /message is not modified|MESSAGE_NOT_MODIFIED/i.test(error.description)
}

function classifyAnswer({ error_code: code, description, parameters }: GrammyError): Failure {
  const error = `${code} ${ownWords(description)}`
  const row = ANSWERS.find(({ codes, says }) => (!codes || codes.includes(code)) && (!says || says.test(description)))
  if (row) return meaning(row.reason, error, parameters.retry_after)
  if (code >= 500) return meaning('internal', error)
  return meaning('refused', error)
}

/**
 * What Telegram says of its own, to lie in a table in the clear: up to the second colon or the first quotation, behind
 * which it repeats what it was given ("can't parse entities: Unsupported start tag "x"", "entity url 'x' is invalid").
 */
function ownWords(description: string): string {
  const clauses = description.split(':', CLAUSES_KEPT).join(':')
  return (clauses.split(REPEATED, 1)[0] ?? '').trimEnd().slice(0, DESCRIPTION_MAX_LENGTH)
}

/** A page or a redirect is not Telegram's word: what it says about a person or a token counts for nothing. */
function classifyImproper({ status, message: error }: ImproperAnswerError): Failure {
  if (status === 429) return meaning('flood', error)
  if (status === 502 || status === 503 || status === 504) return meaning('gateway', error)
  if (status >= 300 && status < 500) return { ...meaning('gateway', error), reason: 'improper_answer' }
  return { ...meaning('no_answer', error), reason: 'improper_answer' }
}

function classifyNetwork(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = wordOf(cause, 'code')
  // Of several addresses none could be connected to.
  const neverConnected =
    cause instanceof AggregateError ||
    CALLS_BEFORE_WRITING.has(wordOf(cause, 'syscall') ?? '') ||
    NEVER_CONNECTED.test(code ?? '') ||
    (cause instanceof Error && cause.message.includes(NEVER_CONNECTED_WORDS))
  return meaning(neverConnected ? 'not_reached' : 'no_answer', code ?? 'no_answer')
}

function ours(error: unknown): Failure {
  const name = error instanceof Error ? error.name : typeof error
  return meaning('our_bug', `failed ${name}`)
}

function meaning(reason: Reason, error: string, retryAfterSeconds?: number): Failure {
  return { reason, outcome: outcomeOf(reason, error, retryAfterSeconds), suspectsAway: SUSPECTS_AWAY.has(reason) }
}

function outcomeOf(reason: Reason, error: string, retryAfterSeconds: number | undefined): Failure['outcome'] {
  switch (reason) {
    case 'flood':
      return { kind: 'retry', waiting: true, afterMs: boundedSeconds(retryAfterSeconds) * 1000, error }
    case 'blocked':
    case 'deactivated':
    case 'never_started':
      return { kind: 'unreachable', reachability: reason, error }
    // Nothing is lost meanwhile, and it is for the operator or the network to mend.
    case 'token_revoked':
    case 'wrong_address':
    case 'other_poller':
    case 'not_reached':
      return { kind: 'retry', waiting: true, error }
    case 'gateway':
    case 'our_bug':
      return { kind: 'retry', error }
    case 'internal':
    case 'no_answer':
    case 'improper_answer':
      return { kind: 'unknown', error }
    case 'chat_unknown':
    case 'markup':
    case 'our_text':
    case 'our_button':
    case 'refused':
      return { kind: 'refused', error }
  }
}

function boundedSeconds(seconds: number | undefined): number {
  if (seconds === undefined || !(seconds > 0)) return RETRY_AFTER_DEFAULT_SECONDS
  return Math.min(seconds, RETRY_AFTER_MAX_SECONDS)
}

function wordOf(value: unknown, name: 'code' | 'syscall'): string | null {
  const word = value instanceof Error ? (value as { code?: unknown; syscall?: unknown })[name] : null
  return typeof word === 'string' ? word : null
}
