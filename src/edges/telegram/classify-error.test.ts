import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GrammyError, HttpError } from 'grammy'
import { classifyError, isUnchanged } from './classify-error.ts'
import { ImproperAnswerError } from './read-answer.ts'

const answer = (error_code: number, description: string, retry_after?: number) =>
  new GrammyError(
    'call',
    { ok: false, error_code, description, parameters: retry_after === undefined ? {} : { retry_after } },
    'sendMessage',
    {},
  )

/** As the platform's fetch throws it, in grammY's paper. */
const network = (details: object, cause: Error = new Error('x')) =>
  new HttpError('x', new TypeError('fetch failed', { cause: Object.assign(cause, details) }))

const improper = (status: number) => new HttpError('x', new ImproperAnswerError(status, 'no_answer_of_the_bot_api'))

/** Every row of the table of answers, then what is no answer. */
const CASES: [description: string, error: unknown, kind: string, reason: string][] = [
  ['a flood wait', answer(429, 'Too Many Requests: retry after 35', 35), 'retry', 'flood'],
  ['a person who blocked the bot', answer(403, 'Forbidden: bot was blocked by the user'), 'unreachable', 'blocked'],
  ['the same in capitals', answer(400, 'Bad Request: USER_IS_BLOCKED'), 'unreachable', 'blocked'],
  ['an account that is gone', answer(403, 'Forbidden: user is deactivated'), 'unreachable', 'deactivated'],
  [
    'a person who never started the bot',
    answer(403, "Forbidden: bot can't initiate conversation with a user"),
    'unreachable',
    'never_started',
  ],
  ['another 403', answer(403, "Forbidden: bot can't send messages to bots"), 'refused', 'refused'],
  ['a chat nobody knows', answer(400, 'Bad Request: chat not found'), 'refused', 'chat_unknown'],
  ['an unusable peer', answer(400, 'Bad Request: PEER_ID_INVALID'), 'refused', 'chat_unknown'],
  ['markup', answer(400, "Bad Request: can't parse entities: Unsupported start tag"), 'refused', 'markup'],
  ['an entity', answer(400, "Bad Request: can't parse MessageEntity: Unsupported type specified"), 'refused', 'markup'],
  ['the bounds of an entity', answer(400, 'Bad Request: ENTITY_BOUNDS_INVALID'), 'refused', 'markup'],
  ['a link in an entity', answer(400, "Bad Request: entity URL 'tg:x' is invalid: Wrong tg URL"), 'refused', 'markup'],
  ['a text that is too long', answer(400, 'Bad Request: message is too long'), 'refused', 'our_text'],
  ['an empty text', answer(400, 'Bad Request: message text is empty'), 'refused', 'our_text'],
  ['a button of ours', answer(400, 'Bad Request: BUTTON_DATA_INVALID'), 'refused', 'our_button'],
  ['a revoked token', answer(401, 'Unauthorized'), 'retry', 'token_revoked'],
  ['a wrong address', answer(404, 'Not Found'), 'retry', 'wrong_address'],
  ['another poller', answer(409, 'Conflict: terminated by other getUpdates request'), 'retry', 'other_poller'],
  ['an internal error, which may have sent it', answer(500, 'Internal Server Error'), 'unknown', 'internal'],
  ['a bad gateway', answer(502, 'Bad Gateway'), 'retry', 'gateway'],
  ['a gateway that is closed', answer(503, 'Service Unavailable'), 'retry', 'gateway'],
  ['a gateway that waited in vain', answer(504, 'Gateway Timeout'), 'retry', 'gateway'],

  ['nobody listening', network({ code: 'ECONNREFUSED', syscall: 'connect' }), 'retry', 'not_reached'],
  ['none of several addresses listening', network({}, new AggregateError([])), 'retry', 'not_reached'],
  ['a name nobody knows', network({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'retry', 'not_reached'],
  ['no way there', network({ code: 'EHOSTUNREACH', syscall: 'connect' }), 'retry', 'not_reached'],
  ['no connection in time', network({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'retry', 'not_reached'],
  ['a certificate for somebody else', network({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'retry', 'not_reached'],
  ['a certificate of their own', network({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'retry', 'not_reached'],
  ['a connection lost after the request', network({ code: 'ECONNRESET', syscall: 'read' }), 'unknown', 'no_answer'],
  ['a way that was lost after the request', network({ code: 'EHOSTUNREACH', syscall: 'read' }), 'unknown', 'no_answer'],
  ['an answer that broke off', network({ code: 'UND_ERR_SOCKET' }), 'unknown', 'no_answer'],
  ['a time-out', new HttpError('x', new DOMException('late', 'TimeoutError')), 'unknown', 'no_answer'],

  ['a page that says 200', improper(200), 'unknown', 'improper_answer'],
  ['a page that says 500', improper(500), 'unknown', 'improper_answer'],
  ['a page of a gateway', improper(502), 'retry', 'gateway'],
  ['a page that knows nobody here', improper(404), 'retry', 'improper_answer'],
  ['a page that forbids, and is no word of a person', improper(403), 'retry', 'improper_answer'],
  ['a redirect', improper(302), 'retry', 'improper_answer'],
  ['a page that asks for patience', improper(429), 'retry', 'flood'],
  ['a mistake in our own code, before anything was asked', new RangeError('x'), 'retry', 'our_bug'],
]

for (const [description, error, kind, reason] of CASES) {
  test(`${description} is ${kind}`, () => {
    const failure = classifyError(error)
    assert.deepEqual([failure.outcome.kind, failure.reason], [kind, reason])
  })
}

const waitOf = (error: unknown) => {
  const { outcome } = classifyError(error)
  return outcome.kind === 'retry' ? [outcome.afterMs, outcome.waiting] : []
}

test('a flood wait says exactly how long, within reason', () => {
  assert.deepEqual(waitOf(answer(429, 'Too Many Requests: retry after 35', 35)), [35_000, true])
  assert.deepEqual(waitOf(answer(429, 'Too Many Requests')), [1_000, true])
  assert.deepEqual(waitOf(answer(429, 'x', -5)), [1_000, true])
  assert.deepEqual(waitOf(answer(429, 'x', 1e300)), [86_400_000, true])
})

test('what is the operator’s or the network’s to mend costs no attempts; a gateway’s bad luck does', () => {
  for (const waiting of [
    answer(401, 'Unauthorized'),
    answer(404, 'Not Found'),
    network({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
  ])
    assert.deepEqual(waitOf(waiting), [undefined, true])
  assert.deepEqual(waitOf(answer(502, 'Bad Gateway')), [undefined, undefined])
})

test('what may be all of Telegram is told from what is one chat’s', () => {
  const suspicious = [
    answer(401, 'x'),
    answer(502, 'x'),
    answer(500, 'x'),
    improper(302),
    network({ code: 'ECONNRESET' }),
  ]
  for (const error of suspicious) assert.ok(classifyError(error).suspectsAway)
  for (const error of [answer(429, 'x'), answer(403, 'x'), answer(400, 'x'), new RangeError('x')])
    assert.ok(!classifyError(error).suspectsAway)
})

test('an edit that changes nothing is told from one that failed', () => {
  const same =
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same'
  assert.ok(isUnchanged(answer(400, same)))
  assert.ok(!isUnchanged(answer(400, 'Bad Request: message to edit not found')))
})

test('what Telegram repeats of a message is not kept, what it says of its own is', () => {
  const errorOf = (description: string) => {
    const { outcome } = classifyError(answer(400, description))
    return 'error' in outcome ? outcome.error : null
  }
  const cases: [description: string, kept: string][] = [
    ['Bad Request: message is too long', '400 Bad Request: message is too long'],
    [`Bad Request: can't parse entities: Unsupported start tag "тайна"`, "400 Bad Request: can't parse entities"],
    ["Bad Request: entity url 'secret' is invalid", '400 Bad Request: entity url'],
    ['Bad Request: wrong HTTP URL specified: secret', '400 Bad Request: wrong HTTP URL specified'],
    ['Bad Request: user @secret not found', '400 Bad Request: user'],
    ['Not Found: /bot1:secret/sendMessage', '400 Not Found:'],
    ['тайна', '400 '.trimEnd()],
    ['', '400 '.trimEnd()],
  ]
  for (const [description, kept] of cases) assert.equal(errorOf(description)?.trimEnd(), kept, description)
})
