import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardStorage } from '../shell/guarded-storage.ts'
import { createStore } from '../shell/store.ts'
import { forgetKeptTexts, keepDraft, keepOutbox, moveKeptTexts } from './kept-texts.ts'
import { emptyTimeline, type Outgoing } from './timeline.ts'

const inMemory = () =>
  guardStorage(() => {
    throw new Error('no storage here')
  })
const line = (key: string, minutesAgo: number): Outgoing => ({
  key,
  text: key,
  state: 'sending',
  writtenAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
})

test('a draft outlives a reload, and is forgotten when it is sent', () => {
  const storage = inMemory()
  keepDraft(storage, 'u1').set('почти дописано')
  const again = keepDraft(storage, 'u1')
  assert.equal(again.get(), 'почти дописано')
  assert.equal(keepDraft(storage, 'u2').get(), '')
  again.set('')
  assert.equal(keepDraft(storage, 'u1').get(), '')
})

test('after a reload a fresh line goes again with its key and an old one waits for its writer', () => {
  const storage = inMemory()
  const before = createStore(emptyTimeline)
  keepOutbox(storage, 'u1', before)
  before.set((now) => ({ ...now, outbox: [line('old', 300), line('fresh', 2)] }))
  const after = createStore(emptyTimeline)
  keepOutbox(storage, 'u1', after)
  assert.deepEqual(
    after.get().outbox.map(({ key, state }) => [key, state]),
    [
      ['old', 'failed'],
      ['fresh', 'unsent'],
    ],
  )
})

test('signing out leaves nothing, and broken leftovers are nothing', () => {
  const storage = inMemory()
  keepDraft(storage, 'u1').set('секрет')
  forgetKeptTexts(storage, 'u1')
  assert.equal(storage.get('vitte.draft.u1'), null)
  storage.set('vitte.outbox.u1', '{"not":"a list"')
  const timeline = createStore(emptyTimeline)
  keepOutbox(storage, 'u1', timeline)
  assert.deepEqual(timeline.get().outbox, [])
})

test('what was not sent goes along when one user is joined to another, and covers nothing there', () => {
  const storage = inMemory()
  keepDraft(storage, 'web').set('начато на сайте')
  moveKeptTexts(storage, 'web', 'telegram')
  assert.equal(keepDraft(storage, 'telegram').get(), 'начато на сайте')
  assert.equal(keepDraft(storage, 'web').get(), '')
  keepDraft(storage, 'other').set('другое')
  moveKeptTexts(storage, 'other', 'telegram')
  assert.equal(keepDraft(storage, 'telegram').get(), 'начато на сайте')
})
