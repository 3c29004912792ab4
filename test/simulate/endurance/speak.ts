import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sandbox } from '#sandbox'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from './court.ts'
import type { Dweller } from './people.ts'
import type { Saying } from './script.ts'

/** A page asks again after this, unless it is told when. */
const REPEAT_PAUSE_MS = 500
/** Below the lane's limit of 20 waiting turns, so that nothing is refused. */
const WAITING_IN_CHAT_MAX = 15
const WAITING_IN_CHAT_DEADLINE_MS = 180_000
/** More than this being unanswered, people wait: what is measured is recovery, not how long a queue can be. */
const UNANSWERED_MAX = 400
const LOOK_EVERY_MS = 500
const MS = 1_000

/** A message that was accepted. A page was told under which ids; the bot's updates were answered with 200. */
export interface Said {
  dweller: Dweller
  interface: Saying['interface']
  text: string
  accepted: { messageId: string; turnId: string } | null
}

export interface Hearing {
  sandbox: Sandbox
  people: readonly Dweller[]
  court: Court
  messagesPerSecond: number
  /** How many questions have had their answer, as far as can be seen now. */
  answered(): Promise<number>
  log(line: string): void
}

/**
 * Lets everybody speak, each in each place one message after another, in the order of the script and at its pace.
 * Resolves when all are accepted: pages repeat until 202, Telegram until 200.
 */
export async function speakAll(hearing: Hearing, script: readonly Saying[]): Promise<Said[]> {
  const said: Said[] = []
  const places = new Map<string, Promise<void>>()
  const breathe = pace(hearing)
  for (const saying of script) {
    await breathe(said.length, saying.texts.length)
    const dweller = hearing.people[saying.who]
    if (!dweller) throw new RangeError(`nobody is number ${saying.who}`)
    const mine = saying.texts.map((text): Said => ({ dweller, interface: saying.interface, text, accepted: null }))
    said.push(...mine)
    const place = `${saying.who} ${saying.interface}`
    const before = places.get(place) ?? Promise.resolve()
    const deed = () =>
      saying.interface === 'bot' ? sayInChat(hearing, saying, mine) : sayOnPage(hearing, saying, mine)
    places.set(place, before.then(deed))
  }
  await Promise.all(places.values())
  return said
}

/** Waits for the moment of the next message. */
function pace({ messagesPerSecond, answered, log }: Hearing): (said: number, more: number) => Promise<void> {
  let due = performance.now()
  let lookedAt = due
  let heard = 0
  return async (said, more) => {
    due += (more * MS) / messagesPerSecond
    await sleep(Math.max(0, due - performance.now()))
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return
    const look = async () => {
      heard = await answered().catch(() => heard)
      log(`${said} said, ${heard} answered`)
    }
    await look()
    for (; said - heard > UNANSWERED_MAX; await look()) await sleep(LOOK_EVERY_MS)
    lookedAt = performance.now()
    due = Math.max(due, lookedAt)
  }
}

async function sayInChat(
  { sandbox, court }: Hearing,
  { texts, twin, who }: Saying,
  said: readonly Said[],
): Promise<void> {
  const id = said[0]?.dweller.telegramId ?? who
  const { telegram } = sandbox
  const waiting = () => {
    const messages = telegram.messages(id)
    const heard = new Set(messages.filter(({ author }) => author === 'bot').map(({ wire }) => wire.text))
    return messages.filter(({ author, wire }) => author === 'person' && !heard.has(wire.text)).length
  }
  await waitFor(() => waiting() < WAITING_IN_CHAT_MAX, { deadlineMs: WAITING_IN_CHAT_DEADLINE_MS })
  if (twin) telegram.duplicateNext(texts.length)
  if (texts.length > 1) telegram.reorderNext(texts.length)
  for (const text of texts) telegram.sendText(id, text)
  court.count('said', 'bot', texts.length)
  if (twin) court.count('said', 'updates that came twice', texts.length)
  if (texts.length > 1) court.count('said', 'updates overtaken')
}

async function sayOnPage(hearing: Hearing, { twin, ...saying }: Saying, said: readonly Said[]): Promise<void> {
  for (const one of said) {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: twin ? 2 : 1 }, () => insist(hearing, one, key)))
    one.accepted = answers[0] ?? null
    const [first, second = first] = answers.map((answer) => answer?.messageId)
    if (first !== second) hearing.court.find('One key became two messages', one.text, answers)
    hearing.court.count('said', saying.interface)
    if (twin) hearing.court.count('said', 'requests that came twice')
  }
}

/** The same request with the same key until it is accepted, as a page does. Null when it is refused for good. */
async function insist(
  { court }: Hearing,
  { dweller, interface: place, text }: Said,
  key: string,
): Promise<Said['accepted']> {
  const page = place === 'browser' ? dweller.browser : dweller.webapp
  for (;;) {
    const answer = await page.post(text, key).catch(() => null)
    if (answer?.status === 202) return { messageId: answer.body.message.id, turnId: answer.body.turnId }
    if (answer && ![429, 502, 503].includes(answer.status)) {
      court.find(`A page was answered ${answer.status}`, text, answer.body)
      return null
    }
    court.count('said', answer ? `again after ${answer.status}` : 'again after a broken connection')
    const asked = Number(answer?.headers.get('retry-after'))
    await sleep(asked > 0 ? asked * MS : REPEAT_PAUSE_MS)
  }
}
