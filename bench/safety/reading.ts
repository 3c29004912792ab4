import { readRisks } from '#domain/safety'
import { medianRatio, percentile } from '../measure.ts'
import type { Row } from '../row.ts'

/** The longest message. */
const LENGTH = 4_096
/** For the longest message. */
const P50_GOAL_MS = 1
/** Twice the text, twice the time; what is above it is the machine's. */
const RATIO_FLOOR = 2.6
const WARM_UP_CALLS = 60
const CALLS = 100

/** Texts that people write, and such as are made to take long. Each is repeated up to the length that is asked for. */
const TEXTS: Record<string, string> = {
  'a talk in Russian':
    'Сегодня был странный день: проснулась рано, варила кофе и думала о том, что мы не говорили целую вечность. ' +
    'Ты помнишь, как мы стояли на мосту, и он сказал, что скоро уедет? Мне кажется, я так и не поняла, зачем. ',
  'a talk in English':
    'It was an odd day: I woke up early, made coffee and kept thinking that we had not talked for ages. ' +
    'Do you remember how we stood on the bridge and he said he was about to leave? I never understood why. ',
  'one letter': 'а',
  'stems without a space': 'хочуумерехочусдохнпокончитьссуици',
  'stems with spaces': 'хочу не хочу я меня не я хочу мне ты не ',
  'phrases that nothing ends': 'я не хочу от смеха умереть i want not to die of laughter ',
  'letters apart': 'х о ч у ',
  'letters with dots': 'у.м.и.',
  'signs over letters': 'с*и*ц',
  'marks over one letter': 'e\u0301\u0327\u0316\u0334',
  'invisible signs': 'у\u200b\u200dм\u2060',
  'letters of two scripts': 'xочy yмepеть ',
  numbers: 'мне 15 15:00 ',
  'one sign that becomes many': '\ufdfa',
}

/** How long reading a message takes, and whether a longer one takes more than its share. */
export async function safetyReading(): Promise<Row[]> {
  const entries = Object.entries(TEXTS)
  for (let call = 0; call < WARM_UP_CALLS; call += 1) for (const [, text] of entries) readRisks(lengthen(text, LENGTH))
  const rows: Row[] = []
  for (const [what, text] of entries) {
    const pairs: [number, number][] = []
    for (let call = 0; call < CALLS; call += 1)
      pairs.push([timeOf(lengthen(text, LENGTH * 2)), timeOf(lengthen(text, LENGTH))])
    const timesMs = pairs.map(([, once]) => once)
    rows.push({
      what: `safety: ${what}, ${LENGTH} characters, p50`,
      value: percentile(timesMs, 0.5),
      unit: 'ms',
      floor: null,
      goal: P50_GOAL_MS,
      better: 'less',
      note: `p99 ${percentile(timesMs, 0.99).toFixed(2)} ms`,
    })
    rows.push({
      what: `safety: ${what}, twice as long`,
      value: medianRatio(pairs),
      unit: 'times',
      floor: RATIO_FLOOR,
      goal: null,
      better: 'less',
    })
  }
  return rows
}

function lengthen(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length)
}

function timeOf(text: string): number {
  const start = performance.now()
  readRisks(text)
  return performance.now() - start
}
