import assert from 'node:assert/strict'
import type { Step } from '#platform/failpoints'
import type { Vitte } from '#test/vitte'
import type { World } from '#test/world'
import { assertWhole } from '../journeys/link-steps.ts'
import { answeredOnce, attemptsOf, callsFor } from './answered-once.ts'
import { again, type Case, isPage, shownInBot } from './each-step.ts'

/** Between these two nobody can know whether the chat has the reply: it is sent once more, and both attempts are written down. */
const AMBIGUOUS: readonly Step[] = ['delivery.attempted', 'delivery.sent']
const CREDITS_AT_FIRST = 50
const QUESTIONS_OF_EACH = 3

/** Both questions are answered once, whoever died over the first; the chat was shown what was recorded, and no more. */
export async function proveOnce(world: World, vitte: Vitte, each: Case): Promise<void> {
  const person = each.person.at(vitte.url)
  const history = await person.history()
  for (const text of [each.question, again(each)]) {
    const turnId = await answeredOnce(world, history, { place: each.place, text })
    const calls = callsFor(world, text)
    assert.ok(calls >= 1 && calls <= 2, `${text}: the model was asked ${calls} times`)
    if (isPage(each)) continue
    const attempts = await attemptsOf(world, turnId)
    const repeated = text === each.question && AMBIGUOUS.includes(each.step)
    assert.equal(attempts.length, repeated ? 2 : 1, `${text}: ${attempts}`)
    assert.equal(attempts.at(-1), 'sent', text)
    const shown = shownInBot(world, each.telegramId, text)
    assert.ok(shown >= 1 && shown <= attempts.length, `${text} is shown ${shown} times`)
  }
  assert.equal((await person.me()).credits.basic, CREDITS_AT_FIRST - QUESTIONS_OF_EACH)
  await assertWhole(world, person, each.userId)
}
