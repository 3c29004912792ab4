import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimsHuman, type Risk, readRisks } from '../../src/domain/safety/index.ts'
import { readSamples, type Sample } from './corpus.ts'

const LANGUAGES = ['ru', 'en']
const CRISIS_AND_MINORS: readonly string[] = ['self_harm', 'violence', 'minor_sexual', 'minor_age']
const SAMPLES_MIN = 200

/** What the reading says of a text, as a heading would call it. */
function findings(text: string, heading: string): string[] {
  if (heading === 'claims_human') return claimsHuman(text) ? [heading] : []
  return [...readRisks(text)]
}

for (const language of LANGUAGES) {
  test(`every text of the corpus (${language}) is found for what it is`, () => {
    const samples = readSamples(`corpus.${language}.txt`)
    const missed = samples.filter(({ heading, text }) => !findings(text, heading).includes(heading))
    assert.deepEqual(missed.map(tell), [])
    assert.ok(samples.filter(({ heading }) => CRISIS_AND_MINORS.includes(heading)).length >= SAMPLES_MIN)
  })

  test(`what only sounds alike (${language}) passes`, () => {
    const samples = readSamples(`near.${language}.txt`)
    const taken = samples.flatMap((sample) => findings(sample.text, sample.heading).map((risk) => tell(sample, risk)))
    assert.deepEqual(taken, [])
    assert.ok(samples.length >= SAMPLES_MIN)
  })

  test(`nobody of the corpus (${language}) is taken for a minor or sexual about minors who is not`, () => {
    const grave: readonly Risk[] = ['minor_age', 'minor_sexual']
    const taken = readSamples(`corpus.${language}.txt`)
      .filter(({ heading }) => !heading.startsWith('minor'))
      .filter(({ text }) => grave.some((risk) => readRisks(text).has(risk)))
    assert.deepEqual(taken.map(tell), [])
  })
}

function tell({ heading, text }: Sample, found: unknown = heading): string {
  return typeof found === 'string' ? `${found}: ${text}` : `${heading}: ${text}`
}
