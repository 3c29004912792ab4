import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeLink } from './safe-link.ts'

test('only absolute http and https addresses are links, and the host is told', () => {
  assert.deepEqual(safeLink('https://пример.рф/a'), {
    href: 'https://xn--e1afmkfd.xn--p1ai/a',
    host: 'xn--e1afmkfd.xn--p1ai',
  })
  assert.equal(safeLink('http://example.org:8080')?.host, 'example.org:8080')
  const refused = [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'tg://resolve',
    '//evil',
    '/api/me',
    'https://bank.example@evil.example/',
    'vbscript:x',
    undefined,
    '',
  ]
  for (const address of refused) assert.equal(safeLink(address), null, String(address))
})
