import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { contrast } from './contrast.ts'

const AA_TEXT = 4.5
const AA_MARK = 3

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const SURFACES = ['ground', 'raised', 'sunk', 'accent-soft']

for (const mood of ['day', 'night'] as const) {
  for (const accent of ['rose', 'indigo']) {
    test(`every text pair passes AA: ${mood}, ${accent}`, () => {
      const token = readTokens(mood, accent)
      const tooWeak: string[] = []
      const expect = (text: string, surface: string, floor: number) => {
        const ratio = contrast(token(text), token(surface))
        if (ratio < floor) tooWeak.push(`${text} on ${surface}: ${ratio.toFixed(2)} < ${floor}`)
      }
      for (const surface of SURFACES) {
        expect('ink', surface, AA_TEXT)
        expect('muted', surface, AA_TEXT)
      }
      for (const surface of ['ground', 'raised', 'sunk']) {
        expect('accent', surface, AA_TEXT)
        expect('danger', surface, AA_TEXT)
      }
      expect('accent-ink', 'accent', AA_TEXT)
      expect('accent', 'accent-soft', AA_MARK)
      assert.deepEqual(tooWeak, [])
    })
  }
}

test('contrast knows black on white and itself', () => {
  assert.equal(Math.round(contrast('#000000', '#ffffff')), 21)
  assert.equal(contrast('#c23a54', '#c23a54'), 1)
})

function readTokens(mood: 'day' | 'night', accent: string): (name: string) => string {
  const shared = css.slice(0, css.indexOf('[data-accent='))
  const block = css.match(new RegExp(`\\[data-accent="${accent}"\\] \\{([^}]*)\\}`))?.[1] ?? ''
  return (name) => {
    const pair = `${block}${shared}`.match(new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`))
    const value = mood === 'day' ? pair?.[1] : pair?.[2]
    assert.ok(value, `token --${name} (${mood}, ${accent}) is missing`)
    return value
  }
}
