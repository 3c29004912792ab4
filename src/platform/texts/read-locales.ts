import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LOCALES, type Locale } from '#contract/words'
import { parseTextFile, type TextFile } from './parse-text-file.ts'
import { TextFileError } from './text-file-error.ts'

const ENDING = '.ftl'

/** Every text file of every language, read once at start. Throws TextFileError. */
export function readLocales(folder: string): Map<Locale, TextFile[]> {
  return new Map(LOCALES.map((locale) => [locale, readLocale(folder, locale)]))
}

function readLocale(folder: string, locale: Locale): TextFile[] {
  const shown = `${basename(folder)}/${locale}`
  const files: TextFile[] = []
  for (const name of listTextFiles(join(folder, locale), shown)) {
    const file = `${shown}/${name}`
    const source = readText(join(folder, locale, name), file)
    files.push(parseTextFile(source, name.slice(0, -ENDING.length), file))
  }
  return files
}

function listTextFiles(path: string, shown: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith(ENDING))
      .sort()
  } catch {
    throw new TextFileError(shown, 1, 'the folder of this language cannot be read')
  }
}

function readText(path: string, file: string): string {
  const bytes = readFileSync(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new TextFileError(file, 1, 'the file is not UTF-8 text')
  }
}
