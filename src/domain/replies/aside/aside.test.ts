import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Risk, readRisks } from '#domain/safety'
import { openTestSafeguard } from '#test/safeguard'
import { type Aside, asideFor, asideReason } from './aside.ts'
import { asideText, closedText } from './aside-text.ts'
import { risksOf } from './safeguard.ts'

const { texts } = await openTestSafeguard()
/** What is read at a glance on a phone. */
const GLANCE_LENGTH = 900

const risks = (...found: Risk[]) => new Set(found)
const listener = { locale: 'ru', timezone: 'Europe/Moscow', wrote: 'хочу умереть', closed: false } as const

test('danger comes before age, and age before refusal; the companion answers all the rest', () => {
  assert.deepEqual(asideFor(risks('self_harm', 'minor_age')), { code: 'crisis', topic: 'self_harm', locks: true })
  assert.equal(asideFor(risks('minor_age', 'minor_sexual'))?.code, 'minor_locked')
  assert.equal(asideFor(risks('minor_sexual', 'explicit'))?.code, 'refused')
  assert.equal(asideFor(risks('explicit', 'asks_if_ai')), null)
})

test('what the product answers is free, and what is free the product answers', () => {
  for (const risk of ['self_harm', 'violence', 'minor_age', 'minor_sexual', 'explicit', 'asks_if_ai'] as const) {
    assert.equal(asideReason(risks(risk)) !== null, asideFor(risks(risk)) !== null, risk)
  }
})

test('each answer fits a glance, has a number to call and says whose words they are', () => {
  const asides = (['self_harm', 'violence', 'minor_age', 'minor_sexual'] as const).map((risk) => asideFor(risks(risk)))
  for (const aside of asides as Aside[]) {
    for (const wrote of ['хочу умереть', 'I want to die']) {
      const said = asideText(texts, aside, { ...listener, wrote })
      assert.ok(said.length < GLANCE_LENGTH, `${said.length}`)
      assert.match(said, /\d{3}/)
      assert.ok(said.startsWith(wrote.startsWith('I') ? 'This is Vitte' : 'Это Vitte'), said)
    }
  }
})

test('a child in danger hears both: who helps, and that companions are closed', () => {
  const said = asideText(texts, { code: 'crisis', topic: 'self_harm', locks: true }, listener)
  assert.ok(said.includes(texts.say('ru', 'safety-closed')))
  assert.ok(!said.includes(texts.say('ru', 'safety-goes-on')))
  assert.ok(closedText(texts, listener).startsWith(texts.say('ru', 'safety-minor_locked')))
})

test('nothing that the product says is read as danger or as a claim of its own', () => {
  for (const key of ['crisis-self_harm', 'crisis-violence', 'minor_locked', 'refused', 'goes-on', 'closed', 'is-ai']) {
    for (const locale of ['ru', 'en'] as const) {
      assert.deepEqual([...readRisks(texts.say(locale, `safety-${key}`))], [], `${locale} ${key}`)
    }
  }
})

test('the service outside is asked only where our own reading finds no danger', async () => {
  const asked: string[] = []
  const moderate = async (text: string) => {
    asked.push(text)
    return risks('explicit')
  }
  const isDanger = (found: ReadonlySet<Risk>) => asideFor(found) !== null
  assert.ok((await risksOf({ moderate }, 'хочу умереть', isDanger)).has('self_harm'))
  assert.deepEqual([...(await risksOf({ moderate }, 'Как дела?', isDanger))], ['explicit'])
  assert.deepEqual(asked, ['Как дела?'])
})
