import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSettableClock } from '#platform/clock'
import { createChats } from './chats.ts'

test('what a chat was sent is remembered from one reply to the next, and forgotten when it no longer counts', () => {
  const clock = createSettableClock()
  const chats = createChats(clock)
  const chat = chats.at('7')
  clock.advance(29_000)
  assert.equal(chats.at('7'), chat)
  clock.advance(29_000)
  assert.equal(chats.at('7'), chat)
  clock.advance(31_000)
  chats.at('8')
  assert.notEqual(chats.at('7'), chat)
})

test('a chat that refused a draft is asked again after ten minutes, others are asked all the time', () => {
  const clock = createSettableClock()
  const chats = createChats(clock)
  chats.refuseDrafts(chats.at('7'))
  clock.advance(599_000)
  assert.deepEqual([chats.takesDrafts(chats.at('7')), chats.takesDrafts(chats.at('8'))], [false, true])
  clock.advance(1_000)
  assert.equal(chats.takesDrafts(chats.at('7')), true)
})

test('where no drafts are known no chat is asked for any', () => {
  const chats = createChats(createSettableClock())
  chats.forgetDrafts()
  assert.equal(chats.takesDrafts(chats.at('7')), false)
})
