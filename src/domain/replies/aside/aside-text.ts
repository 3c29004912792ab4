import type { Locale } from '#contract/words'
import { type HelpLine, type HelpTopic, helpFor } from '#domain/safety'
import type { Texts } from '#platform/texts'
import { type Aside, CLOSED } from './aside.ts'
import { languageOf } from './language-of.ts'

/** More numbers than this are a wall in a moment in which one call is hard enough. */
const LINES_MAX = 3

/** Who is answered. */
export interface Listener {
  locale: Locale
  timezone: string | null
  /** What they wrote: they are answered in its language. */
  wrote: string
  /** Whether companions are closed to them. */
  closed: boolean
}

/** The words of the product in the companion's place, with the help lines of the person's country. */
export function asideText(texts: Texts, aside: Aside, { locale: own, timezone, wrote, closed }: Listener): string {
  const locale = languageOf(wrote) ?? own
  const { lines, emergency } = helpFor({ locale, topic: aside.topic, timezone })
  const key = aside.code === 'crisis' ? `safety-crisis-${aside.topic}` : `safety-${aside.code}`
  const said = [
    texts.say(locale, key),
    lines.slice(0, LINES_MAX).map(lineInWords).join('\n'),
    texts.say(locale, 'safety-emergency', { number: emergency }),
  ]
  if (aside.code === 'crisis') said.push(texts.say(locale, closed || aside.locks ? 'safety-closed' : 'safety-goes-on'))
  return said.filter((part) => part !== '').join('\n\n')
}

/** What stands where somebody would choose a companion, when companions are closed to them. */
export function closedText(texts: Texts, person: Pick<Listener, 'locale' | 'timezone'>): string {
  return asideText(texts, CLOSED, { ...person, wrote: '', closed: true })
}

/** Help lines for who has no companion yet and wrote of danger. */
export function crisisText(texts: Texts, topic: HelpTopic, person: Omit<Listener, 'wrote'>): string {
  return asideText(texts, { code: 'crisis', topic, locks: false }, { ...person, wrote: '' })
}

function lineInWords({ name, contact, hours }: HelpLine): string {
  return `— ${name}: ${contact}${hours === '' ? '' : ` (${hours})`}`
}
