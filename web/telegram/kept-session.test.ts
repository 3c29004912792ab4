import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardStorage } from '../shell/guarded-storage.ts'
import { claimedTelegramId, keepSession, keptTokenOf } from './kept-session.ts'

const inMemory = () =>
  guardStorage(() => {
    throw new Error('no storage here')
  })

test('a kept token is used only for the person it was given to', () => {
  const storage = inMemory()
  keepSession(storage, { token: 'secret', telegramId: '42' })
  assert.equal(keptTokenOf(storage, '42'), 'secret')
  assert.equal(keptTokenOf(storage, '43'), null)
  assert.equal(keptTokenOf(storage, null), null)
})

test('broken launch data claims nobody', () => {
  assert.equal(claimedTelegramId(`user=${encodeURIComponent('{"id":42,"first_name":"Аня"}')}&hash=0`), '42')
  for (const broken of ['', 'user=', 'user=%7B', 'user=%7B%22id%22%3A%2242%22%7D']) {
    assert.equal(claimedTelegramId(broken), null)
  }
})
