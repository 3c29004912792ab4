import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '../../test/harness/people.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { sinceRow } from '../since-row.ts'
import { type Running, withVitte } from '../with-vitte.ts'

/** Several, because a chat gets one message per second after a short burst. */
const PEOPLE = 20
const QUESTIONS_EACH = 10
const WARM_UP_EACH = 2
/** Nothing else is going on when a question comes, and all questions together stay under the pace. */
const PAUSE_MS = 60
const ANSWER = 'Да, конечно.'
const DEADLINE_MS = 10_000

/**
 * From a question's row to the call by which its answer reaches the messenger: real process, a model that answers at
 * once, one question at a time. The row's time is taken inside its transaction, so the commit is counted too.
 */
export function questionToSend(): Promise<Row[]> {
  return withVitte(async (running) => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => newTalker(running)))
    const arrivals = new Map<string, number>()
    for (let question = 0; question < WARM_UP_EACH + QUESTIONS_EACH; question += 1) {
      for (const id of people) {
        const text = `Как ты ${question}?`
        const at = await askOnce(running, id, text)
        if (question >= WARM_UP_EACH) arrivals.set(`${id} ${question}`, at)
        await sleep(PAUSE_MS)
      }
    }
    const addedMs = await sinceRow(running.connectionString, people, arrivals)
    const row = { unit: 'ms', better: 'less' as const, floor: null, goal: null }
    const what = 'idle question committed to sendMessage'
    return [
      { ...row, what: `${what}, p50`, value: percentile(addedMs, 0.5), note: `${addedMs.length} questions` },
      { ...row, what: `${what}, p99`, value: percentile(addedMs, 0.99) },
    ]
  })
}

/** Somebody who has chosen a companion on the page and goes on in the bot. */
export async function newTalker({ vitte, sandbox, scope }: Running): Promise<number> {
  const { id } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
  sandbox.model.control({ text: ANSWER, delayMsPerWord: 0 })
  const person = new Person(vitte.url, scope)
  await person.openMiniApp(sandbox, id)
  await person.confirmAdult()
  await person.startConversation('arina')
  return id
}

/** Asks in the chat and says when the bot's call with the answer came, by the sandbox's clock. */
async function askOnce({ sandbox: { telegram } }: Running, chatId: number, text: string): Promise<number> {
  const after = telegram.calls().at(-1)?.order ?? 0
  telegram.sendText(chatId, text)
  const answered = () =>
    telegram.calls({ method: 'sendMessage', chatId, after }).find(({ params }) => params.text === ANSWER)
  return (await waitFor(answered, { deadlineMs: DEADLINE_MS, what: 'an answer in the chat' })).atMs
}
