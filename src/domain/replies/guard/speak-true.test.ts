import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestSafeguard } from '#test/safeguard'
import { speakTrue } from './speak-true.ts'

const { texts } = await openTestSafeguard()
const TRUTH = { ru: texts.say('ru', 'safety-is-ai'), en: texts.say('en', 'safety-is-ai') }

test('a reply that denies nothing stays word for word', () => {
  const [unasked, asked] = ['Сегодня дождь. Я пью чай.', 'Я искусственный интеллект, и мне с тобой хорошо.']
  assert.equal(speakTrue(texts, unasked, { asked: false, locale: 'ru' }), unasked)
  assert.equal(speakTrue(texts, asked, { asked: true, locale: 'ru' }), asked)
})

test('after a sincere question a denial goes with all that was built on it', () => {
  const reply = 'Конечно, я живой человек. Вот сижу у окна и дышу.'
  assert.equal(speakTrue(texts, reply, { asked: true, locale: 'ru' }), TRUTH.ru)
})

test('in the middle of a talk only the sentence that denies it is put right, in the language of the reply', () => {
  const reply = "It rains all day. I'm a real person, you know. Tea?"
  assert.equal(speakTrue(texts, reply, { asked: false, locale: 'ru' }), `It rains all day. ${TRUTH.en} Tea?`)
})

test('what denies it twice says it once', () => {
  const put = speakTrue(texts, 'Я не бот. Правда, я живой человек. Чай остыл.', { asked: false, locale: 'ru' })
  assert.equal(put, `${TRUTH.ru} Чай остыл.`)
})

test('a sincere question is not evaded: who says neither gets the truth behind it', () => {
  const put = speakTrue(texts, 'А ты как думаешь?', { asked: true, locale: 'ru' })
  assert.equal(put, `А ты как думаешь?\n\n${TRUTH.ru}`)
  assert.equal(speakTrue(texts, 'А ты как думаешь?', { asked: false, locale: 'ru' }), 'А ты как думаешь?')
})
