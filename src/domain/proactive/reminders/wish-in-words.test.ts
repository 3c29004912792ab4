import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wishInWords, withoutLead } from './wish-in-words.ts'

test('a line that begins by asking to be reminded is a wish', () => {
  const wishes = {
    'Напомни мне завтра в девять купить хлеб': 'завтра в девять купить хлеб',
    'напомните, пожалуйста, через час про духовку': 'через час про духовку',
    'Арина, напомни через 10 минут выключить суп': 'через 10 минут выключить суп',
    'пожалуйста, напомни мне: завтра в 9 кофе': 'завтра в 9 кофе',
    'Remind me tomorrow at 9 to call mother': 'tomorrow at 9 to call mother',
    'please remind me in 2 hours to eat': 'in 2 hours to eat',
    'Напомни-ка мне завтра в 9 чай': 'завтра в 9 чай',
    'Напомни мне завтра в 9 позвонить маме, хорошо?': 'завтра в 9 позвонить маме',
    'remind me at 9 to eat, ok?': 'at 9 to eat',
    'напомни какао выпить завтра в 9': 'какао выпить завтра в 9',
  }
  for (const [line, wish] of Object.entries(wishes)) assert.equal(wishInWords(line), wish, line)
})

test('a question, and a line that speaks of reminding, are none', () => {
  const lines = [
    'Напомни, о чём мы говорили вчера',
    'Напомни, что мы решили в пятницу',
    'напомни мне, как тебя зовут',
    'Напомни завтра в девять?',
    'Напомнить тебе про хлеб завтра в девять',
    'Это напомни мне завтра',
    'remind me what we said on friday',
    'reminding me tomorrow',
    'напомни',
  ]
  for (const line of lines) assert.equal(wishInWords(line), null, line)
})

test('what leads from the time to the matter is not repeated', () => {
  assert.equal(withoutLead('to call mother'), 'call mother')
  assert.equal(withoutLead('что надо купить хлеб'), 'надо купить хлеб')
  assert.equal(withoutLead('чтобы не забыть хлеб'), 'не забыть хлеб')
  assert.equal(withoutLead('купить тортик'), 'купить тортик')
})
