import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '../../test/harness/people.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { sinceRow } from '../since-row.ts'
import type { Running } from '../with-vitte.ts'

/** Several, because a chat gets one message per second after a short burst. */
const TALKERS = 12
const EVERY_MS = 400
const ANSWER = 'Да, конечно.'
const DEADLINE_MS = 10_000

/** People who have chosen a companion on the page and go on in the bot; they said yes to nothing else. */
export async function newTalkers({ vitte, sandbox, scope }: Running): Promise<number[]> {
  sandbox.model.control({ text: ANSWER, delayMsPerWord: 0 })
  const talkers: number[] = []
  for (let made = 0; made < TALKERS; made += 1) {
    const { id } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
    const person = new Person(vitte.url, scope)
    await person.openMiniApp(sandbox, id)
    await person.confirmAdult()
    await person.startConversation('arina')
    talkers.push(id)
  }
  return talkers
}

/** One question after the other for so long; gives how long each waited from its row to the call with its answer. */
export async function askInBetween(running: Running, talkers: readonly number[], forMs: number): Promise<number[]> {
  const { telegram } = running.sandbox
  const arrivals = new Map<string, number>()
  const endMs = performance.now() + forMs
  for (let asked = 0; performance.now() < endMs; asked += 1) {
    const id = talkers[asked % talkers.length] ?? 0
    const after = telegram.calls().at(-1)?.order ?? 0
    const nextMs = performance.now() + EVERY_MS
    const text = `Как ты ${asked}?`
    telegram.sendText(id, text)
    const answered = () =>
      telegram.calls({ method: 'sendMessage', chatId: id, after }).find(({ params }) => params.text === ANSWER)
    const { atMs } = await waitFor(answered, { deadlineMs: DEADLINE_MS, what: 'an answer in the chat' })
    arrivals.set(`${id} ${Math.floor(asked / talkers.length)}`, atMs)
    await sleep(Math.max(0, nextMs - performance.now()))
  }
  return sinceRow(running.connectionString, talkers, arrivals)
}
