import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRedisUrl } from './parse-redis-url.ts'

test('a single server is left to the package, with its user, database and TLS', () => {
  for (const url of ['redis://localhost', 'rediss://u:p@redis.example:6380/2', 'redis://[::1]:6379', 'redis://:p@h']) {
    assert.deepEqual(parseRedisUrl(url), { kind: 'server', url })
  }
})

test('a cluster is some of its nodes and one user for all', () => {
  assert.deepEqual(parseRedisUrl('redis+cluster://one:7000,10.0.0.2,[::1]:7002'), {
    kind: 'cluster',
    seeds: [
      { host: 'one', port: 7000 },
      { host: '10.0.0.2', port: 6379 },
      { host: '::1', port: 7002 },
    ],
    access: { tls: false },
  })
  const named = parseRedisUrl('rediss+cluster://vitte:p%40ss%2Cword@one')
  assert.deepEqual(named.kind === 'cluster' && named.access, { username: 'vitte', password: 'p@ss,word', tls: true })
})

test('sentinels have the master’s name behind them, and a user of their own if need be', () => {
  assert.deepEqual(parseRedisUrl('redis+sentinel://:secret@one,two:26380/my-master?password=other'), {
    kind: 'sentinel',
    sentinels: [
      { host: 'one', port: 26_379 },
      { host: 'two', port: 26_380 },
    ],
    master: 'my-master',
    access: { password: 'secret', tls: false },
    sentinelAccess: { password: 'other', tls: false },
  })
})

test('what is wrong is said without what may be a password', () => {
  const wrong = {
    'http://:hidden@one': /redis\+cluster/,
    hidden: /redis\+cluster/,
    'redis://': /redis:\/\/host/,
    'redis://:hidden@one:6379,two:6379': /redis\+cluster/,
    'redis://:hidden@one,two': /redis\+cluster/,
    'redis+cluster://:hidden@': /redis\+cluster/,
    'redis+cluster://:hidden@one/0': /behind the hosts/,
    'redis+cluster://:hidden@one:0': /name:6379/,
    'redis+cluster://:hidden@one:70000': /name:6379/,
    'redis+cluster://:hidden@one,,two': /name:6379/,
    'redis+cluster://:hidden@one two': /name:6379/,
    'redis+sentinel://:hidden@one': /name that the sentinels/,
    'redis+sentinel://:hidden@one/': /name that the sentinels/,
    'redis+sentinel://:hidden@one/m?pass=hidden': /username and password/,
    'redis+cluster://:hidden%zz@one': /%40/,
  }
  for (const [url, sentence] of Object.entries(wrong)) {
    assert.throws(
      () => parseRedisUrl(url),
      (error: Error) => sentence.test(error.message) && !error.message.includes('hidden'),
      url,
    )
  }
})
