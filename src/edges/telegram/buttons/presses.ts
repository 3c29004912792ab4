import type { Verb } from './button-data.ts'
import type { Press } from './press.ts'
import { pressAgree } from './press-agree.ts'
import { pressLeave, pressStay } from './press-leaving.ts'
import { pressErase, pressForget, pressPage } from './press-memory.ts'
import { pressAnswer, pressRenewal } from './press-money.ts'
import { pressDrop, pressLeaf, pressUnremind } from './press-reminders.ts'
import {
  pressConsent,
  pressFirst,
  pressHush,
  pressLanguage,
  pressQuiet,
  pressShow,
  pressZone,
} from './press-settings.ts'
import {
  pressAdult,
  pressChat,
  pressContinue,
  pressRestart,
  pressRestore,
  pressRetry,
  pressStop,
} from './press-talk.ts'

/** What each button does. */
export const PRESSES: Readonly<Record<Verb, Press>> = {
  show: pressShow,
  adult: pressAdult,
  chat: pressChat,
  continue: pressContinue,
  restart: pressRestart,
  restore: pressRestore,
  retry: pressRetry,
  stop: pressStop,
  language: pressLanguage,
  zone: pressZone,
  first: pressFirst,
  quiet: pressQuiet,
  page: pressPage,
  forget: pressForget,
  erase: pressErase,
  answer: pressAnswer,
  renewal: pressRenewal,
  consent: pressConsent,
  hush: pressHush,
  unremind: pressUnremind,
  drop: pressDrop,
  leaf: pressLeaf,
  agree: pressAgree,
  leave: pressLeave,
  stay: pressStay,
}
