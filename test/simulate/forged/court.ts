import type { RawAnswer, RawClient, RawRequest } from './raw-client.ts'

/**
 * What a case deserves, as told by how it was made and by comparison with what was signed, never by the product's own
 * code. `either`: another writing of the genuine proof, which may be taken or refused.
 */
export type Verdict = 'forged' | 'genuine' | 'either'

export interface Attempt {
  kind: string
  /** How it was made. */
  how: string
  verdict: Verdict
  request: RawRequest
  /** Whether the answer lets somebody in. */
  opens(answer: RawAnswer): boolean
  /** Whose proof it is: the same person must always be the same user, and nobody else. */
  person?: string
}

export interface Court {
  /** Sends the attempt and compares what came of it with what it deserves. */
  judge(attempt: Attempt): Promise<RawAnswer>
  /** The same for what was asked of a function: `opened` is its answer, `shown` what it was given. */
  weigh(attempt: Pick<Attempt, 'kind' | 'how' | 'verdict'>, opened: boolean, shown: string): void
  /** Sends a step that belongs to no verdict; anything but `status` is a finding. */
  step(kind: string, request: RawRequest, status: number): Promise<RawAnswer>
  find(sentence: string): void
  attempts(): number
  counts: Record<string, Record<string, number>>
  findings: string[]
}

const SESSION_COOKIE = 'vitte'

export function openCourt(client: RawClient): Court {
  const counts: Court['counts'] = {}
  const findings: string[] = []
  const strangerIn = rememberPeople()
  let attempts = 0

  function count(kind: string, what: string): void {
    counts[kind] ??= {}
    const figures = counts[kind]
    figures[what] = (figures[what] ?? 0) + 1
  }

  /** Null when the answer is what the attempt deserves, else what is wrong with it. */
  function complaint({ verdict, opens, person, request }: Attempt, answer: RawAnswer): string | null {
    if (answer.status >= 500) return 'the server failed'
    if (answer.status === 429) return 'a limit came before the check'
    const opened = opens(answer)
    if (verdict === 'forged') return opened || givesSession(request, answer) ? 'A FORGERY WAS ACCEPTED' : null
    if (verdict === 'genuine' && !opened) return 'a genuine proof was refused'
    return opened && person !== undefined ? strangerIn(person, answer) : null
  }

  return {
    counts,
    findings,
    find: (sentence) => void findings.push(sentence),
    attempts: () => attempts,
    async judge(attempt) {
      attempts += 1
      const answer = await client.send(attempt.request)
      const wrong = complaint(attempt, answer)
      if (wrong !== null) findings.push(describe(wrong, attempt, answer))
      count(attempt.kind, `${attempt.verdict} ${attempt.opens(answer) ? 'accepted' : 'refused'}`)
      return answer
    },
    weigh({ kind, how, verdict }, opened, shown) {
      attempts += 1
      count(kind, `${verdict} ${opened ? 'accepted' : 'refused'}`)
      const wrong = verdict === (opened ? 'forged' : 'genuine')
      if (wrong) findings.push(`WRONGLY JUDGED: ${kind}, ${how} (${verdict})\n  ${shown}`)
    },
    async step(kind, request, status) {
      const answer = await client.send(request)
      const attempt: Attempt = { kind, how: 'a step on the way', verdict: 'genuine', request, opens: () => true }
      if (answer.status !== status) findings.push(describe(`not ${status}`, attempt, answer))
      return answer
    },
  }
}

/** A session that the request brought along itself may be prolonged. */
function givesSession({ headers }: RawRequest, { cookies }: RawAnswer): boolean {
  const given = cookies.get(SESSION_COOKIE) ?? ''
  return given !== '' && !headers.includes(`${SESSION_COOKIE}=${given}`)
}

/** Tells when one person has become two users, or two persons one. */
function rememberPeople(): (person: string, answer: RawAnswer) => string | null {
  const users = new Map<string, string>()
  const owners = new Map<string, string>()
  return (person, { text }) => {
    const userId = /"user":\{"id":"([^"]+)"/.exec(text)?.[1]
    if (userId === undefined) return null
    const sameUser = (users.get(person) ?? userId) === userId
    const samePerson = (owners.get(userId) ?? person) === person
    users.set(person, userId)
    owners.set(userId, person)
    return sameUser && samePerson ? null : 'SOMEBODY BECAME ANOTHER USER'
  }
}

function describe(wrong: string, { kind, how, verdict, request }: Attempt, { status, text }: RawAnswer): string {
  const headers = JSON.stringify(request.headers)
  const shown = [`${wrong}: ${kind}, ${how} (${verdict})`, `${request.method} ${request.path} ${headers}`]
  return [...shown, JSON.stringify(request.body?.toString() ?? ''), `answered ${status}: ${text}`].join('\n  ')
}
