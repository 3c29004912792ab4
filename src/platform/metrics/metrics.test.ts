import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics, type MetricLabel } from './index.ts'

test('counters, histograms and gauges appear with their labels', async () => {
  const metrics = createMetrics({ processMetrics: false })
  const requests = metrics.counter({ name: 'vitte_requests_total', help: 'h', labels: ['route', 'status'] })
  requests.add({ route: '/api/messages/:id', status: 200 })
  requests.add({ route: '/api/messages/:id', status: 200 }, 2)
  metrics.histogram({ name: 'vitte_wait_seconds', help: 'h', buckets: [1, 2] }).observe({}, 1.5)
  metrics.gauge({ name: 'vitte_open', help: 'h', labels: ['kind'] }).set({ kind: 'page' }, 7)
  metrics.gauge({ name: 'vitte_asked', help: 'h', read: async () => 9 })
  const { body, contentType } = await metrics.expose()
  assert.match(contentType, /^text\/plain/)
  for (const line of [
    'vitte_requests_total{route="/api/messages/:id",status="200"} 3',
    'vitte_wait_seconds_bucket{le="2"} 1',
    'vitte_open{kind="page"} 7',
    'vitte_asked 9',
  ]) {
    assert.ok(body.includes(line), `${line} in\n${body}`)
  }
})

test('a name asked for twice is one metric, and registries are apart', async () => {
  const [first, second] = [createMetrics({ processMetrics: false }), createMetrics({ processMetrics: false })]
  for (let n = 0; n < 2; n += 1) first.counter({ name: 'vitte_a_total', help: 'h' }).add({})
  assert.match((await first.expose()).body, /vitte_a_total 2/)
  assert.doesNotMatch((await second.expose()).body, /vitte_a_total/)
})

test('foreign names and labels by user are refused', () => {
  const metrics = createMetrics({ processMetrics: false })
  assert.throws(() => metrics.counter({ name: 'http_requests', help: 'h' }), TypeError)
  assert.throws(() => metrics.counter({ name: 'vitte_x', help: 'h', labels: ['user' as MetricLabel] }), TypeError)
})

test('a reading that fails spoils nothing else', async () => {
  const metrics = createMetrics({ processMetrics: false })
  metrics.gauge({ name: 'vitte_broken', help: 'h', read: () => Promise.reject(new Error('away')) })
  metrics.counter({ name: 'vitte_fine_total', help: 'h' }).add({})
  const { body } = await metrics.expose()
  assert.match(body, /vitte_fine_total 1/)
  assert.doesNotMatch(body, /^vitte_broken /m)
})

test('the process tells its memory and event loop under our prefix', async () => {
  const { body } = await createMetrics().expose()
  assert.match(body, /vitte_process_resident_memory_bytes/)
  assert.ok(body.split('\n').every((line) => line === '' || line.startsWith('#') || line.startsWith('vitte_')))
})
