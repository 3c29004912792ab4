import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GrammyError, HttpError } from 'grammy'
import { classifyError } from './classify-error.ts'

const answer = (error_code: number, description: string, retry_after?: number) =>
  new GrammyError(
    'call',
    { ok: false, error_code, description, parameters: { ...(retry_after ? { retry_after } : {}) } },
    'sendMessage',
    {},
  )

const CASES: [description: string, error: unknown, kind: string][] = [
  ['a flood wait', answer(429, 'Too Many Requests: retry after 35', 35), 'retry'],
  ['a person who blocked the bot', answer(403, 'Forbidden: bot was blocked by the user'), 'unreachable'],
  ['an account that is gone', answer(403, 'Forbidden: user is deactivated'), 'unreachable'],
  [
    'a person who never started the bot',
    answer(403, "Forbidden: bot can't initiate conversation with a user"),
    'unreachable',
  ],
  ['a chat nobody knows', answer(400, 'Bad Request: chat not found'), 'refused'],
  ['a text that is too long', answer(400, 'Bad Request: message is too long'), 'refused'],
  ['a revoked token', answer(401, 'Unauthorized'), 'retry'],
  ['a bad gateway', answer(502, 'Bad Gateway'), 'retry'],
  ['an internal error, which may have sent it', answer(500, 'Internal Server Error'), 'unknown'],
  [
    'nobody listening',
    new HttpError('x', Object.assign(new Error('x'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })),
    'retry',
  ],
  [
    'a connection lost after the request',
    new HttpError('x', Object.assign(new Error('x'), { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })),
    'unknown',
  ],
  ['a time-out', new HttpError('x', new DOMException('late', 'TimeoutError')), 'unknown'],
]

for (const [description, error, kind] of CASES) {
  test(`${description} is ${kind}`, () => assert.equal(classifyError(error).kind, kind))
}

test('a flood wait says exactly how long', () => {
  const outcome = classifyError(answer(429, 'Too Many Requests: retry after 35', 35))
  assert.deepEqual(outcome.kind === 'retry' && [outcome.afterMs, outcome.waiting], [35_000, true])
})
