import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LegalPage } from '#contract/api'
import { LEGAL_DOCUMENTS, type LegalDocument, LOCALES, type Locale } from '#contract/words'

const TEXT_MAX_CHARS = 100_000
/** The version is the day since which the text holds; the first heading is its title. */
const FILE = /^---\nversion: (\d{4}-\d{2}-\d{2})\n---\n+# (.+)\n+([\s\S]+)$/
const OPERATOR = '{operator}'

/** Which version of each text holds. */
export type LegalVersions = Readonly<Record<LegalDocument, string>>

/** The texts that people agree to, as they are in `legal/`. */
export interface LegalTexts {
  versions: LegalVersions
  page(document: LegalDocument, locale: Locale): LegalPage
}

/** A text is missing, without a version, or of different versions in two languages; the sentence is for the operator. */
export class LegalTextError extends Error {
  override readonly name = 'LegalTextError'
}

/**
 * Reads `<document>.<locale>.md`, each beginning with `version: YYYY-MM-DD` between lines of `---`.
 * @param operator who answers for this installation, by language; stands where a text says `{operator}`
 * @throws LegalTextError
 */
export async function loadLegalTexts(folder: string, operator: (locale: Locale) => string): Promise<LegalTexts> {
  const pages = new Map<string, LegalPage>()
  for (const document of LEGAL_DOCUMENTS) {
    for (const locale of LOCALES) {
      pages.set(keyOf(document, locale), await readPage(folder, document, locale, operator(locale)))
    }
  }
  const page = (document: LegalDocument, locale: Locale) => pages.get(keyOf(document, locale)) as LegalPage
  return { versions: { terms: versionOf('terms', page), privacy: versionOf('privacy', page) }, page }
}

async function readPage(folder: string, document: LegalDocument, locale: Locale, operator: string): Promise<LegalPage> {
  const name = `${basename(folder)}/${document}.${locale}.md`
  const source = await readFile(join(folder, `${document}.${locale}.md`), 'utf8').catch(() => {
    throw new LegalTextError(`${name} cannot be read`)
  })
  const [, version, title, text] = FILE.exec(source) ?? []
  if (!version || !title || !text || source.length > TEXT_MAX_CHARS) {
    throw new LegalTextError(
      `${name} needs "version: YYYY-MM-DD" between lines of ---, then a title ("# …") and a text`,
    )
  }
  return { document, version, title, text: text.replaceAll(OPERATOR, () => operator) }
}

/** One version in every language: who agrees in one has agreed to what the others say. */
function versionOf(document: LegalDocument, page: LegalTexts['page']): string {
  const versions = new Set(LOCALES.map((locale) => page(document, locale).version))
  const [version] = versions
  if (!version || versions.size > 1) throw new LegalTextError(`${document} has different versions in its languages`)
  return version
}

function keyOf(document: LegalDocument, locale: Locale): string {
  return `${document}.${locale}`
}
