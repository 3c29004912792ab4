import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWorld } from '#test/world'
import { botTalker } from './bot-steps.ts'
import { callsOf, endOf } from './growing-steps.ts'

// What the companion stresses stands out in Telegram, and the history keeps what was written.
const world = await startWorld()
const { model } = world.sandbox

test('an answer with markup comes as text with styles', async (t) => {
  const someone = await botTalker(world, t)
  const source = '*улыбается* **Слушай.** См. [карту](https://a.example/x) и `код`.\n\n> Тише\n> едешь\n\n- раз\n- два'
  model.control({ text: source, delayMsPerWord: 0 })
  someone.bot.send('Что там?')
  const { answer } = await endOf(someone, 'Что там?')
  assert.equal(answer?.text, source)
  const text = 'улыбается Слушай. См. карту и код.\n\nТише\nедешь\n\n• раз\n• два'
  await someone.bot.hears((heard) => heard === text)
  const message = someone.bot.messages().find(({ wire }) => wire.text === text)
  assert.deepEqual(message?.wire.entities, [
    { type: 'italic', offset: 0, length: 9 },
    { type: 'bold', offset: 10, length: 7 },
    { type: 'text_link', url: 'https://a.example/x', offset: 22, length: 5 },
    { type: 'code', offset: 30, length: 3 },
    { type: 'blockquote', offset: 36, length: 10 },
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
