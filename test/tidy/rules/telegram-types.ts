import { importsOf } from '../imports.ts'
import { nameOf, placeOf } from '../places.ts'
import { isCode, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

const TELEGRAM_PACKAGES = /^(grammy|@grammyjs\/.*|@tma\.js\/.*)(\/.*)?$/

/** Rule 5: no Telegram type goes further in than edges/telegram. */
export function telegramTypes(tree: Tree): Violation[] {
  return tree.filter(isCode).flatMap((file) => {
    const place = placeOf(file.path)
    if (!file.path.startsWith('src/') || nameOf(place) === 'edges/telegram') return []
    return importsOf(file)
      .filter(({ specifier }) => TELEGRAM_PACKAGES.test(specifier))
      .map(({ specifier, line }) => ({
        path: file.path,
        line,
        reason: `imports ${specifier}: Telegram's types stay in edges/telegram`,
      }))
  })
}
