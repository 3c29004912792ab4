import { documents } from './rules/documents.ts'
import { doors } from './rules/doors.ts'
import { environment } from './rules/environment.ts'
import { importDirections } from './rules/import-directions.ts'
import { privacy } from './rules/privacy.ts'
import { problemTexts } from './rules/problem-texts.ts'
import { routes } from './rules/routes.ts'
import { sizes } from './rules/sizes.ts'
import { tables } from './rules/tables.ts'
import { telegramTypes } from './rules/telegram-types.ts'
import { words } from './rules/words.ts'
import type { Tree } from './tree.ts'
import type { Violation } from './violation.ts'

export interface Rule {
  promise: string
  check: (tree: Tree) => Violation[]
}

/** What architecture.md promises, each as a function of the whole tree. */
export const RULES: readonly Rule[] = [
  { promise: 'imports go down only, and never sideways', check: importDirections },
  { promise: 'a room is entered by its door, and says what it owns', check: doors },
  { promise: 'one table, one room', check: tables },
  { promise: 'no Telegram type goes further in than edges/telegram', check: telegramTypes },
  { promise: 'files and functions stay small', check: sizes },
  { promise: 'the environment is read in one place', check: environment },
  { promise: 'names say something, nothing is left open, silenced or skipped', check: words },
  { promise: 'settings and metrics can be looked up', check: documents },
  { promise: 'a problem has its sentence in every language', check: problemTexts },
  { promise: 'every route is in the table of routes with its owner', check: routes },
  { promise: 'what is stored of people can be looked up', check: privacy },
]
