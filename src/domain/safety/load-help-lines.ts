import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readYaml } from './read-yaml.ts'
import { SafetyFileError } from './safety-file-error.ts'

const LINES_MAX = 6
const NAME_MAX_LENGTH = 80
const CONTACT_MAX_LENGTH = 40
const HOURS_MAX_LENGTH = 40

const words = (maxLength: number) => {
  const one = z.string().trim().min(1).max(maxLength)
  return z.strictObject({ ru: one, en: one })
}
/** Digits with spaces and hyphens as they are dialled; two of them behind a comma. */
const dialled = z.string().regex(/^[0-9][0-9 ,-]*$/, 'must be a number as it is dialled')
const address = z.url({ protocol: /^https$/ })
const lineSchema = z.strictObject({
  name: words(NAME_MAX_LENGTH),
  contact: z.union(
    [dialled.max(CONTACT_MAX_LENGTH), address],
    'must be a number as it is dialled, or an https address',
  ),
  for: z.array(z.enum(['self_harm', 'violence'])).min(1),
  hours: words(HOURS_MAX_LENGTH).optional(),
  languages: z.array(z.string().regex(/^[a-z]{2}$/, 'must be a language of two letters')).min(1),
  source: address,
  checked: z.iso.date('must be the day on which it was looked at, 2026-11-23, or null').nullable(),
})
const placeSchema = z.strictObject({
  emergency: dialled.max(CONTACT_MAX_LENGTH),
  lines: z.array(lineSchema).max(LINES_MAX),
})
const fileSchema = z.strictObject({
  countries: z.record(z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters'), placeSchema),
  worldwide: placeSchema,
})

export type HelpPlace = z.infer<typeof placeSchema>
export type HelpLines = z.infer<typeof fileSchema>

/** Where living people answer, by country. @throws SafetyFileError with the line that is wrong */
export function loadHelpLines(path: string): HelpLines {
  return parseHelpLines(readFileSync(path, 'utf8'), 'safety/help-lines.yaml')
}

/** The same from a text. */
export function parseHelpLines(source: string, file: string): HelpLines {
  const { content, lineOf } = readYaml(source, file, fileSchema)
  for (const topic of ['self_harm', 'violence'] as const) {
    if (!content.worldwide.lines.some((line) => line.for.includes(topic))) {
      throw new SafetyFileError(file, lineOf(['worldwide', 'lines']), `worldwide names no line for ${topic}`)
    }
  }
  return content
}
