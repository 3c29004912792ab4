import { userTopic } from '#domain/identity'
import { payload, serve } from '../peers/protocol.mjs'
import { liveOver } from './live-over.ts'
import { userAt } from './readers.ts'

// The process in which something happens to people whose pages are held by another one.
const [redisUrl = ''] = process.argv.slice(2)
const live = await liveOver(redisUrl)

serve({
  port: 0,
  count: () => 0,
  push(index: number) {
    const event = { name: 'credits', data: JSON.parse(payload()) }
    live.publish(userTopic(userAt(index).userId), { kind: 'event', event })
  },
})
