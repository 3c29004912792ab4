import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { doors } from './doors.ts'

const ROOM = {
  'src/domain/credits/README.md': '# Credits\n',
  'src/domain/credits/index.ts': "export { hold } from './hold.ts'\nexport type { Hold } from './hold.ts'\n",
}

test('a room with its door and its page passes', () => {
  assert.deepEqual(found(doors, { ...ROOM, 'src/domain/credits/hold.ts': "import './credits.ts'\n" }), [])
})

test('another room is not entered by a path', () => {
  const path = 'src/domain/credits/hold.ts'
  assert.deepEqual(found(doors, { ...ROOM, [path]: "import '../identity/user.ts'\n" }), [`${path}:1`])
  assert.deepEqual(found(doors, { ...ROOM, [path]: "import '../identity/index.ts'\n" }), [`${path}:1`])
  assert.deepEqual(found(doors, { ...ROOM, [path]: "import '../../platform/log/index.ts'\n" }), [`${path}:1`])
})

test('a room without a page or without a door is told', () => {
  assert.deepEqual(found(doors, { 'src/edges/mail/mailer.ts': '' }), [
    'src/edges/mail/README.md:1',
    'src/edges/mail/index.ts:1',
  ])
})

test('a page of a room has 20 lines at most', () => {
  const readme = 'line\n'.repeat(21)
  assert.deepEqual(found(doors, { ...ROOM, 'src/domain/credits/README.md': readme }), [
    'src/domain/credits/README.md:21',
  ])
})

test('a door holds names only', () => {
  const path = 'src/domain/credits/index.ts'
  for (const line of [
    "export * from './hold.ts'",
    'export const hold = 1',
    "import './hold.ts'",
    'console.log(1)',
    'export default 1',
  ]) {
    assert.deepEqual(found(doors, { ...ROOM, [path]: `${ROOM[path]}${line}\n` }), [`${path}:3`], line)
  }
})
