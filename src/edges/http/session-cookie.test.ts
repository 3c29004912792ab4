import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundSession } from '#domain/identity'
import { type App, defineRoute, requireFresh } from './index.ts'
import { BROWSER, makeApp, post, problemOf, SAME } from './start-test-frame.ts'

const found: FoundSession = {
  id: 'session',
  userId: 'user',
  interface: 'browser',
  locale: 'en',
  adult: false,
  keyId: 'key',
  fresh: true,
  renewed: true,
  changeSecret: null,
}
const appWith = (session: Partial<FoundSession>, addParts?: (app: App) => void) =>
  makeApp({ findSession: async () => ({ ...found, ...session }) }, addParts)
const ask = (app: App) => app.request('/api/mine/1', { headers: BROWSER })

test('a session that must change its secret gets it with the answer, whatever the answer is', async () => {
  const app = appWith({ changeSecret: async () => 'new' })
  const cookie = ['vitte=new; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax']
  assert.deepEqual((await ask(app)).headers.getSetCookie(), cookie)
  const refused = await app.request('/api/mine/1', post({}, { ...BROWSER, ...SAME }))
  assert.equal(refused.status, 422)
  assert.deepEqual(refused.headers.getSetCookie(), cookie)
})

test('a request that was slower never sends the old secret after the new one', async () => {
  const { headers, status } = await ask(appWith({ changeSecret: async () => null }))
  assert.equal(status, 200)
  assert.deepEqual(headers.getSetCookie(), [])
})

test('a secret that cannot be changed now leaves the answer as it is', async () => {
  const broken = async () => {
    throw new Error('no database')
  }
  const { headers, status } = await ask(appWith({ changeSecret: broken }))
  assert.equal(status, 200)
  assert.deepEqual(headers.getSetCookie(), [])
})

test('a route that clears the cookie has the last word, and no new secret is made', async () => {
  let made = 0
  const changeSecret = async () => {
    made += 1
    return 'new'
  }
  const leave = defineRoute({
    method: 'post',
    path: '/api/leave',
    owner: 'user',
    responses: { 204: { description: '' } },
  })
  const app = appWith({ changeSecret }, (frame) =>
    frame.openapi(leave, (c) => {
      c.var.frame.cookie.clear(c)
      return c.body(null, 204)
    }),
  )
  const { headers } = await app.request('/api/leave', { method: 'POST', headers: { ...BROWSER, ...SAME } })
  assert.deepEqual(headers.getSetCookie(), ['vitte=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
  assert.equal(made, 0)
})

test('what asks for fresh proof is refused without it', async () => {
  const dangerous = defineRoute({
    method: 'get',
    path: '/api/dangerous',
    owner: 'user',
    responses: { 204: { description: '' } },
  })
  const answer = (fresh: boolean) =>
    appWith({ fresh }, (frame) =>
      frame.openapi(dangerous, (c) => {
        requireFresh(c)
        return c.body(null, 204)
      }),
    ).request('/api/dangerous', { headers: BROWSER })
  assert.equal((await answer(true)).status, 204)
  assert.deepEqual(await problemOf(await answer(false)), [403, 'not_fresh'])
})
