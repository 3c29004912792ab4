import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainName, plainUsername } from './plain-name.ts'

test('what people are called stays what they are called', () => {
  for (const name of ['Маша Орлова', "Seán O'Neill", 'Жан-Люк', '李雷', 'مريم', 'R2 D2']) {
    assert.equal(plainName(name), name)
  }
})

test('what is no part of a name becomes a space', () => {
  assert.equal(plainName('  <b>Маша</b>\r\n\t(🌸)  '), 'b Маша b')
  assert.equal(plainName('https://evil.example/a?b'), 'https evil example a b')
  assert.equal(plainName('\u202Eabc\u200B\ud800'), 'abc')
  assert.equal(plainName('🌸'), '')
})

test('a long name is cut between characters', () => {
  assert.equal(plainName('𝒜'.repeat(100)), '𝒜'.repeat(40))
})

test('a username is one as Telegram writes them, or none', () => {
  assert.equal(plainUsername('masha_01'), 'masha_01')
  for (const username of [null, '', 'evil.example', 'a b', 'a\n', 'маша', 'x'.repeat(33)]) {
    assert.equal(plainUsername(username), null)
  }
})
