import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEvents } from './event-source.ts'

test('events are read whatever pieces they arrive in', async () => {
  const wire =
    ': hello\n\nid: 7\nevent: message\ndata: {"a":\ndata:1}\n\ndata: не последнее\r\n\r\nevent: reset\ndata: {}\n\n'
  const bytes = new TextEncoder().encode(wire)
  for (const size of [1, 2, 3, 5, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.slice(at * size, (at + 1) * size),
    )
    let comments = 0
    const events = await Array.fromAsync(readEvents(streamOf(pieces), () => comments++))
    assert.deepEqual(events, [
      { id: '7', name: 'message', data: '{"a":\n1}' },
      { id: null, name: 'message', data: 'не последнее' },
      { id: null, name: 'reset', data: '{}' },
    ])
    assert.equal(comments, 1)
  }
})

function streamOf(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}
