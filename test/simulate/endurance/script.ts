import type { Interface } from '#contract/words'
import type { Random } from '../random.ts'

const INTERFACES: readonly Interface[] = ['bot', 'webapp', 'browser']
/** How many messages come twice: the bot's as an update with the same id, a page's as the same request at the same time. */
const TWIN_SHARE = 0.1
/** How many of the bot's updates are overtaken by the one after them. */
const OVERTAKEN_SHARE = 0.05
/** Words that no channel reads as formatting; the model says them one after another, so a longer text takes longer. */
const WORDS = ['тихо', 'ночь', 'снег', 'окно', 'чай', 'дорога', 'море', 'письмо', 'свет', 'голос'] as const
const WORDS_MAX = 30

/** What somebody says at one moment. */
export interface Saying {
  who: number
  interface: Interface
  /** Two: said one right after the other, and the second arrives first. */
  texts: readonly string[]
  twin: boolean
}

/** Who says what and where, `count` messages in all, each with a text that no other has. */
export function writeScript(random: Random, { count, people }: { count: number; people: number }): Saying[] {
  const script: Saying[] = []
  for (let written = 0; written < count; ) {
    const place = random.pick(INTERFACES)
    const overtaken = place === 'bot' && count - written > 1 && random.chance(OVERTAKEN_SHARE)
    const texts = Array.from({ length: overtaken ? 2 : 1 }, () => {
      written += 1
      return writeText(random, written)
    })
    script.push({ who: random.int(people), interface: place, texts, twin: random.chance(TWIN_SHARE) })
  }
  return script
}

function writeText(random: Random, n: number): string {
  const words = Array.from({ length: 1 + random.int(WORDS_MAX) }, () => random.pick(WORDS))
  return `вопрос ${n} ${words.join(' ')}`
}
