import { FluentBundle, FluentResource } from '@fluent/bundle'
import { LOCALES, type Locale } from '#contract/words'
import type { Log } from '#platform/log'
import type { TextFile } from './parse-text-file.ts'
import { readLocales } from './read-locales.ts'
import { TextFileError } from './text-file-error.ts'

/** The page carries its own texts (`web.ftl`, `web-….ftl`) in its bundle; here they would only risk equal keys. */
const PAGE_SURFACE = /^web(-|$)/

export type TextArgs = Record<string, string | number | Date>

export interface Texts {
  /** The sentence of this key in this language. */
  say(locale: Locale, key: string, args?: TextArgs): string
  /** An attribute of that sentence, written `.attribute =` below it. */
  attribute(locale: Locale, key: string, attribute: string, args?: TextArgs): string
  has(locale: Locale, key: string): boolean
}

export interface TextsOptions {
  /** Holds `<locale>/<surface>.ftl`. */
  folder: string
  /** True in tests: a missing key or argument throws. Otherwise another language stands in, at last the key itself. */
  strict?: boolean
  log?: Log
}

export class MissingTextError extends Error {
  override readonly name = 'MissingTextError'
}

/** Reads the catalogue of all languages. Throws TextFileError for a broken file or a key used twice. */
export async function loadTexts({ folder, strict = false, log }: TextsOptions): Promise<Texts> {
  const bundles = new Map<Locale, FluentBundle>()
  for (const [locale, files] of readLocales(folder)) bundles.set(locale, makeBundle(locale, files))

  function find(locale: Locale, key: string, attribute: string | null, args?: TextArgs): string {
    const shown = attribute === null ? key : `${key}.${attribute}`
    for (const candidate of [locale, ...LOCALES.filter((other) => other !== locale)]) {
      const said = format(bundles.get(candidate), key, attribute, args)
      if (said !== null) return said
      if (strict) throw new MissingTextError(`${candidate} has no text "${shown}", or not with these arguments`)
      log?.warn('texts.missing', { locale: candidate, code: shown })
    }
    return shown
  }

  return {
    say: (locale, key, args) => find(locale, key, null, args),
    attribute: (locale, key, attribute, args) => find(locale, key, attribute, args),
    has: (locale, key) => bundles.get(locale)?.getMessage(key)?.value != null,
  }
}

/** Isolation marks are off: messengers show them as boxes or count them as text. */
function makeBundle(locale: Locale, files: TextFile[]): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  for (const { surface, file, entries } of files) {
    if (PAGE_SURFACE.test(surface)) continue
    for (const { entry, line } of entries) {
      const resource = Object.assign(new FluentResource(''), { body: [entry] })
      const [repeated] = bundle.addResource(resource)
      if (repeated) throw new TextFileError(file, line, `"${entry.id}" is used twice`)
    }
  }
  return bundle
}

function format(bundle: FluentBundle | undefined, key: string, attribute: string | null, args?: TextArgs) {
  const message = bundle?.getMessage(key)
  const pattern = attribute === null ? message?.value : message?.attributes[attribute]
  if (!bundle || pattern == null) return null
  const errors: Error[] = []
  const said = bundle.formatPattern(pattern, args, errors)
  return errors.length === 0 ? said : null
}
