import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Api } from 'grammy'
import { startTestSandbox } from '#test/sandbox'
import { markdown } from './markdown-for-test.ts'
import { renderPart } from './render-part.ts'
import { isBlank } from './rendered.ts'
import { splitReply } from './split-reply.ts'

const sandbox = await startTestSandbox(undefined, { appUrl: 'http://localhost' })
const api = new Api(sandbox.token, { apiRoot: sandbox.apiRoot })
const { id } = sandbox.telegram.addPerson({ firstName: 'Вера' })
sandbox.telegram.sendText(id, '/start')

test('Telegram takes every part as it is: nothing is cut off it, nothing is refused', async () => {
  await fc.assert(
    fc.asyncProperty(markdown, async (source) => {
      for (const part of splitReply(source, 200)) {
        const { text, entities } = renderPart(source, part)
        if (isBlank(text)) continue
        const sent = await api.sendMessage(id, text, { entities })
        assert.equal(sent.text, text)
        const ours = (sent.entities ?? []).filter(({ type }) => entities.some((entity) => entity.type === type))
        assert.deepEqual(ours, entities)
      }
    }),
    { numRuns: 60 },
  )
})
