import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type UserSignal, userTopic } from '#domain/identity'
import { createLocalLive } from '#platform/live'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createAnnounce } from './announce.ts'
import { createLiveReplies } from './live-replies.ts'

test('whoever a growing reply moves to is shown it from its first word, also a page that asked too early', async () => {
  const live = createLocalLive({ log })
  const announce = createAnnounce(live)
  const [absorbed, survivor, turnId] = [randomUUID(), randomUUID(), randomUUID()]
  const seen: string[] = []
  await live.subscribe(userTopic(survivor), {
    event(signal) {
      const told = signal as UserSignal
      if (told.kind === 'event' && told.event.name === 'reply.delta') {
        seen.push(`${told.event.data.offset} ${told.event.data.text}`)
      }
    },
  })
  const reply = await createLiveReplies({ live, announce }).listen({ id: turnId, userId: absorbed })
  reply.start()
  reply.add('Однажды ')
  announce.signal(absorbed, { kind: 'user.moved', userId: survivor })
  await waitFor(() => seen.length === 1)
  reply.add('зимой')
  await waitFor(() => seen.length === 2)
  assert.deepEqual(seen, ['0 Однажды ', '8 зимой'])
  await reply.end()
  await live.close()
})
