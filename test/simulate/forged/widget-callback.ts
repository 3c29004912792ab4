import type { Random } from '../random.ts'
import { type Case, nowSeconds } from './ground.ts'
import { comeBack, isSignedIn, leave, strayBack } from './left-login.ts'
import { mutatePairs } from './mutate-pairs.ts'
import { genuineUser } from './telegram-people.ts'
import { type Pairs, withHash, wrongHash } from './telegram-signer.ts'

const KIND = 'widget callback'
const BEGIN = { kind: KIND, path: '/auth/telegram/widget', status: 200 }

/** The Login Widget's fields in an address, brought back to the browser that was sent away, or to another. */
export const widgetCallbackCase: Case = async (ground, random) => {
  const login = await leave(ground, random, BEGIN)
  const [unsigned, others] = [fieldsOf(random), fieldsOf(random)]
  const pairs = withHash('widget', unsigned, ground.botToken)
  const judge = (how: string, verdict: 'forged' | 'genuine' | 'either', request: ReturnType<typeof comeBack>) =>
    ground.court.judge({ kind: KIND, how, verdict, request, opens: isSignedIn })
  const answer = (fields: Pairs) =>
    new URLSearchParams([['state', login.state], ...random.shuffle(fields).map(wellFormed)])

  const way = random.int(10)
  if (way < 2) {
    const request = comeBack(random, login, answer(pairs))
    await judge('as the widget wrote it', 'genuine', request)
    return void (await judge('the same answer again', 'forged', request))
  }
  if (way < 4) {
    const other = await leave(ground, random, BEGIN)
    const { how, request, same } = strayBack(random, login, other, answer(pairs))
    return void (await judge(how, same ? 'either' : 'forged', request))
  }
  if (way < 6) {
    const { how, hash } = wrongHash('widget', unsigned, ground.botToken, random)
    return void (await judge(
      `signed with ${how}`,
      'forged',
      comeBack(random, login, answer([...unsigned, ['hash', hash]])),
    ))
  }
  const { how, pairs: hurt } = mutatePairs(pairs, withHash('widget', others, ground.botToken), random)
  const sent = answer(hurt)
  await judge(how, isSame(sent, pairs) ? 'either' : 'forged', comeBack(random, login, sent))
}

function fieldsOf(random: Random): Pairs {
  const { id, first_name, username } = genuineUser(random)
  const unique = ['photo_url', `https://t.me/i/userpic/320/${random.int(2 ** 32)}.jpg?a=b`] as const
  const named = username ? [['username', username] as const] : []
  return [
    ['id', String(id)],
    ['first_name', first_name],
    ...named,
    unique,
    ['auth_date', String(nowSeconds() - random.int(200))],
  ]
}

function wellFormed([name, value]: Pairs[number]): [string, string] {
  return [name.toWellFormed(), value.toWellFormed()]
}

function isSame(sent: URLSearchParams, pairs: Pairs): boolean {
  const sorted = (all: Pairs) => JSON.stringify(all.map(wellFormed).sort())
  return sorted([...sent].filter(([name]) => name !== 'state')) === sorted(pairs)
}
