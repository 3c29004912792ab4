import { STATUS_CODES } from 'node:http'
import { HTTPException } from 'hono/http-exception'
import type { Problem as ProblemBody } from '#contract/api'
import { isDamage } from '#domain/identity'
import { isUnavailable } from '#platform/postgres'
import type { AppContext } from './app-env.ts'
import { Problem } from './problem.ts'
import { problemPage } from './problem-page.ts'

/** The database is usually back within this time (a restart takes 5 s at most). */
const UNAVAILABLE_RETRY_SECONDS = 2
const BODY_LEFT_UNREAD = new Set([408, 413])

/** Answers any error: what we threw on purpose as it is, everything else without a detail of it. */
export function answerError(error: unknown, c: AppContext): Response {
  const problem = toProblem(error)
  const fields = { requestId: c.var.requestId, route: c.var.route, error }
  if (problem.status === 503) c.var.frame?.log.warn('http.unavailable', fields)
  else if (problem.status >= 500) c.var.frame?.log.error('http.failed', fields)
  return answerProblem(problem, c)
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isUnavailable(error)) {
    return new Problem(503, 'unavailable', { headers: { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) } })
  }
  if (isDamage(error)) return new Problem(500, 'damaged')
  // The frame's own parts throw these for bodies and content types they cannot read.
  if (error instanceof HTTPException && error.status < 500) return new Problem(400, 'malformed')
  return new Problem(500, 'internal')
}

function answerProblem({ status, code, details }: Problem, c: AppContext): Response {
  const sentence = c.var.frame.texts.say(c.var.locale, `problem-${details.says ?? code}`, details.args)
  for (const [name, value] of Object.entries(details.headers ?? {})) c.header(name, value)
  // The rest of a body that nobody reads would be taken for the next request on this connection.
  if (BODY_LEFT_UNREAD.has(status)) c.header('Connection', 'close')
  if (wantsPage(c)) return c.html(problemPage(c.var.frame.texts, c.var.locale, sentence), status)
  const body: ProblemBody = { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, code, detail: sentence }
  if (details.fields) body.fields = details.fields
  if (details.offers) body.offers = details.offers
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}

/** Somebody looking at a browser window, as opposed to a script. */
function wantsPage(c: AppContext): boolean {
  if (c.req.method !== 'GET' || c.req.path.startsWith('/api/')) return false
  return (c.req.header('accept') ?? '').includes('text/html')
}
