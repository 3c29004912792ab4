import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { craftTree } from '../tree.ts'
import { ROUTES_DOCUMENT, routes, routesDocument } from './routes.ts'

const path = 'src/edges/web/own-route.ts'
const source = (owner: string) =>
  `const a = defineRoute({ method: 'get', path: '/api/own', owner: ${owner}, summary: 'My own' })\n`
const files = { [path]: source(`'user'`) }

test('a table of what the routes say is fine, and it says whose each is', () => {
  const table = routesDocument(craftTree(files))
  assert.match(table, /## user: .*\n\n.*\n.*\n\| GET \| `\/api\/own` \| My own \|/)
  assert.deepEqual(found(routes, { ...files, [ROUTES_DOCUMENT]: table }), [])
})

test('a stale table is noticed, and so is a route that nobody can read here', () => {
  const table = routesDocument(craftTree(files))
  assert.deepEqual(found(routes, files), [`${ROUTES_DOCUMENT}:1`])
  assert.deepEqual(found(routes, { [path]: source(`'public'`), [ROUTES_DOCUMENT]: table }), [`${ROUTES_DOCUMENT}:1`])
  assert.deepEqual(found(routes, { [path]: source('whoever'), [ROUTES_DOCUMENT]: table }), [`${path}:1`])
  assert.deepEqual(found(routes, { [path]: 'defineRoute({ ...own })\n', [ROUTES_DOCUMENT]: table }), [`${path}:1`])
})
