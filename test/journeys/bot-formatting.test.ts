import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botTalker } from './bot-steps.ts'
import { callsOf, endOf } from './growing-steps.ts'

// What the companion stresses stands out in Telegram as it does on the page; a long answer comes in several messages.
const world = await startWorld()
const { model } = world.sandbox

const FIRST = `*улыбается* **Слушай.** См. [карту](https://a.example/x) и \`код\`.\n\n${'слово '.repeat(500).trim()}.`
const SECOND = `> ${'слово '.repeat(500).trim()}`

test('an answer with markup comes with what it means, in messages cut between its paragraphs', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  const source = `${FIRST}\n\n${SECOND}`
  model.control({ text: source, delayMsPerWord: 0 })
  calls.forget()
  someone.bot.send('Что там?')
  const { answer } = await endOf(someone, 'Что там?')
  assert.equal(answer?.text, source, 'the history keeps what was written')
  const sends = await waitFor(() => (calls.sends().length >= 2 ? calls.sends() : null), { what: 'two messages' })
  const shown = sends.map(({ text, params }) => ({ text: text.slice(0, 40), entities: params.entities }))
  assert.deepEqual(shown, [
    {
      text: 'улыбается Слушай. См. карту и код.\n\nслов',
      entities: [
        { type: 'italic', offset: 0, length: 9 },
        { type: 'bold', offset: 10, length: 7 },
        { type: 'text_link', url: 'https://a.example/x', offset: 22, length: 5 },
        { type: 'code', offset: 30, length: 3 },
      ],
    },
    { text: 'слово '.repeat(7).slice(0, 40), entities: [{ type: 'blockquote', offset: 0, length: 2999 }] },
  ])
})

test('no page is opened by Telegram because the model named its address', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  model.control({ text: 'См. https://evil.example/?q=secret и ![кота](https://evil.example/p.png)', delayMsPerWord: 0 })
  calls.forget()
  someone.bot.send('А там?')
  await someone.bot.hears((text) => text === 'См. https://evil.example/?q=secret и кота')
  assert.deepEqual(
    calls.sends().map(({ params }) => params.link_preview_options),
    [{ is_disabled: true }],
  )
})
