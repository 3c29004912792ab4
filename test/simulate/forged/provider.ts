import type { Random } from '../random.ts'
import type { ForgingIssuer } from './forging-issuer.ts'
import type { Case, Ground } from './ground.ts'
import { genuineIdToken, makeIdToken, type TokenFacts } from './id-token.ts'
import { comeBack, isSignedIn, type LeftLogin, leave, strayBack } from './left-login.ts'
import type { RawRequest } from './raw-client.ts'
import { byWidget } from './sign-in-some.ts'
import { genuineUser, victimId } from './telegram-people.ts'

const KIND = 'provider'
const BEGUN = 302
const STRAY_SHARE = 0.35
export const VICTIM_SUBJECT = 'victim-'

/** One sign-in with an OpenID Connect provider, Telegram or another, whose answer is forged or brought by somebody else. */
export function providerCase(issuer: ForgingIssuer): Case {
  return async (ground, random) => {
    const name = random.pick(['telegram', 'forge'])
    const login = await leave(ground, random, { kind: KIND, path: `/auth/${name}`, status: BEGUN })
    const facts = factsOf(issuer, name, login, random)
    if (random.chance(STRAY_SHARE)) return goAstray(ground, random, login, facts)
    const { how, verdict, token } = makeIdToken(facts, random)
    const request = comeBack(random, login, answerOf(issuer, login, token))
    await ground.court.judge({ kind: KIND, how: `${name}: ${how}`, verdict, request, opens: isSignedIn })
    if (verdict !== 'genuine') return
    await ground.court.judge({
      kind: KIND,
      how: 'the same answer again',
      verdict: 'forged',
      request,
      opens: isSignedIn,
    })
  }
}

/** The token is genuine; browser, state or code is not. */
async function goAstray(ground: Ground, random: Random, login: LeftLogin, facts: TokenFacts): Promise<void> {
  const { issuer } = facts
  const other = await leave(ground, random, { kind: KIND, path: login.path.replace('/callback', ''), status: BEGUN })
  const genuine = answerOf(issuer, login, genuineIdToken(facts))
  const codes: [string, URLSearchParams][] = [
    ['a code of another sign-in', answerOf(issuer, { ...other, state: login.state }, genuineIdToken(facts))],
    ['an unknown code', new URLSearchParams({ code: 'unknown', state: login.state })],
    ['no code', new URLSearchParams({ state: login.state })],
    ['a refusal beside the code', new URLSearchParams([...genuine, ['error', 'access_denied']])],
    ['the token itself', new URLSearchParams({ id_token: genuineIdToken(facts), state: login.state })],
  ]
  const judge = (how: string, request: RawRequest, same = false) =>
    ground.court.judge({ kind: KIND, how, verdict: same ? 'either' : 'forged', request, opens: isSignedIn })
  const way = random.int(10)
  if (way < 3) {
    const [how, answer] = random.pick(codes)
    return void (await judge(how, comeBack(random, login, answer)))
  }
  if (way === 3) {
    const path = login.path.includes('telegram') ? '/auth/forge/callback' : '/auth/telegram/callback'
    return void (await judge('at another provider', comeBack(random, { ...login, path }, genuine)))
  }
  if (way === 4) {
    const { token: session } = await byWidget(ground, random)
    return void (await judge('to somebody signed in since', comeBack(random, { ...login, session }, genuine)))
  }
  const { how, request, same } = strayBack(random, login, other, genuine)
  await judge(how, request, same)
}

function answerOf(issuer: ForgingIssuer, { challenge, state }: LeftLogin, token: unknown): URLSearchParams {
  return new URLSearchParams({ code: issuer.grant(challenge, token), state })
}

function factsOf(issuer: ForgingIssuer, name: string, { nonce }: LeftLogin, random: Random): TokenFacts {
  const [person, victim] =
    name === 'telegram'
      ? [{ id: genuineUser(random).id }, { id: victimId(random) }]
      : [{ sub: `subject-${random.int(20)}` }, { sub: `${VICTIM_SUBJECT}${victimId(random)}` }]
  return { issuer, nonce, person, victim }
}
