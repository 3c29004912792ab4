import { FluentResource } from '@fluent/bundle'
import { TextFileError } from './text-file-error.ts'

export type Entry = FluentResource['body'][number]

export interface TextFile {
  /** Name without folder and ending: bot, mail. */
  surface: string
  /** As people find it: locales/ru/bot.ftl. */
  file: string
  entries: { entry: Entry; line: number }[]
}

const STARTS_ENTRY = /^(-?[A-Za-z][\w-]*) *=/
const BELONGS_TO_ENTRY = /^(?: |[}[*.]|$)/
const COMMENT = /^#/
/** An attribute no author writes: it is understood only if everything before it was. */
const PROBE = '\n .end-of-entry-probe = x'

/**
 * Reads Fluent (projectfluent.org) strictly. The runtime parser skips what it does not understand, so each entry is
 * parsed alone and must be understood to its end. Throws TextFileError with the line of the broken entry.
 */
export function parseTextFile(source: string, surface: string, file: string): TextFile {
  const entries: TextFile['entries'] = []
  for (const { line, text } of cutIntoEntries(source, file)) {
    const entry = parseEntry(text)
    if (!entry) throw new TextFileError(file, line, `"${STARTS_ENTRY.exec(text)?.[1]}" is not valid Fluent`)
    entries.push({ entry, line })
  }
  return { surface, file, entries }
}

function cutIntoEntries(source: string, file: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  let open = false
  for (const [index, text] of source
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1
    const last = found.at(-1)
    if (STARTS_ENTRY.test(text)) {
      found.push({ line, text })
      open = true
    } else if (COMMENT.test(text)) {
      open = false
    } else if (open && last && BELONGS_TO_ENTRY.test(text)) {
      last.text += `\n${text}`
    } else if (text.trim() !== '') {
      throw new TextFileError(file, line, 'this line belongs to no text: indent it with spaces, or begin with "key ="')
    }
  }
  return found
}

function parseEntry(text: string): Entry | null {
  const [entry, ...others] = new FluentResource(text).body
  const [probed] = new FluentResource(text + PROBE).body
  const understood = probed !== undefined && 'end-of-entry-probe' in probed.attributes
  return entry && others.length === 0 && understood ? entry : null
}
