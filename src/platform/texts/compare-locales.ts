import type { Locale } from '#contract/words'
import type { Entry, TextFile } from './parse-text-file.ts'
import { readLocales } from './read-locales.ts'
import { readReferences } from './read-references.ts'

interface Text {
  file: string
  line: number
  variables: string
}

/**
 * What differs between the languages, as sentences with file and line: texts or attributes that another language
 * lacks, other arguments, references to nothing. Empty when all is well. Throws TextFileError for a broken file.
 */
export function compareLocales(folder: string): string[] {
  const locales = readLocales(folder)
  const findings: string[] = []
  for (const [locale, files] of locales) {
    findings.push(...findDeadReferences(files))
    for (const [other, otherFiles] of locales) {
      if (other !== locale) findings.push(...compare(flatten(files), other, flatten(otherFiles), locale < other))
    }
  }
  return findings
}

function compare(texts: Map<string, Text>, other: Locale, others: Map<string, Text>, tellVariables: boolean): string[] {
  const findings: string[] = []
  for (const [name, { file, line, variables }] of texts) {
    const counterpart = others.get(name)
    if (!counterpart) {
      findings.push(`${file}:${line}: "${keyOf(name)}" is missing in ${other}`)
    } else if (tellVariables && counterpart.variables !== variables) {
      const [mine, theirs] = [variables || 'nothing', counterpart.variables || 'nothing']
      findings.push(`${file}:${line}: "${keyOf(name)}" uses ${mine}, but ${theirs} in ${other}`)
    }
  }
  return findings
}

/** Each text and each attribute under `surface key` or `surface key.attribute`; terms belong to their language alone. */
function flatten(files: TextFile[]): Map<string, Text> {
  const texts = new Map<string, Text>()
  for (const { surface, file, entries } of files) {
    const byId = new Map(entries.map(({ entry }) => [entry.id, entry]))
    for (const { entry, line } of entries) {
      if (entry.id.startsWith('-')) continue
      for (const [name, pattern] of patternsOf(entry)) {
        texts.set(`${surface} ${name}`, { file, line, variables: listVariables(pattern, byId) })
      }
    }
  }
  return texts
}

function patternsOf(entry: Entry): [string, Entry['value']][] {
  const attributes = Object.entries(entry.attributes).map(([name, pattern]): [string, Entry['value']] => {
    return [`${entry.id}.${name}`, pattern]
  })
  return entry.value === null ? attributes : [[entry.id, entry.value], ...attributes]
}

/** Arguments of the text and of those it repeats; which of them holds an argument is each language's choice. */
function listVariables(pattern: Entry['value'], byId: Map<string, Entry>): string {
  const variables = new Set<string>()
  const seen = new Set<string>()
  const visit = (current: Entry['value']) => {
    const references = readReferences(current)
    for (const name of references.variables) variables.add(`$${name}`)
    for (const id of references.texts) {
      if (seen.has(id) || id.startsWith('-')) continue
      seen.add(id)
      visit(byId.get(id)?.value ?? null)
    }
  }
  visit(pattern)
  return [...variables].sort().join(', ')
}

function findDeadReferences(files: TextFile[]): string[] {
  const findings: string[] = []
  for (const { file, entries } of files) {
    const known = new Set(entries.map(({ entry }) => entry.id))
    for (const { entry, line } of entries) {
      for (const pattern of [entry.value, ...Object.values(entry.attributes)]) {
        const dead = [...readReferences(pattern).texts].filter((id) => !known.has(id))
        for (const id of dead)
          findings.push(`${file}:${line}: "${entry.id}" refers to "${id}", which this file has not`)
      }
    }
  }
  return findings
}

function keyOf(name: string): string {
  return name.slice(name.indexOf(' ') + 1)
}
