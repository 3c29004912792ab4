import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Notice } from '#domain/delivery'
import { showAdult } from './adult.ts'
import { showAskFirst, showFirstChosen } from './ask-first.ts'
import { showChat, showChoose } from './chat.ts'
import { showContinued, showGone, showRestored, showWithdrawn } from './continued.ts'
import { showCredits } from './credits.ts'
import { showCrisis } from './crisis.ts'
import { showHelp } from './help.ts'
import { showDailyCap, showKept, showOutOfCredits } from './kept.ts'
import { showLanguage } from './language.ts'
import { showDelete, showExport } from './leaving.ts'
import { showAgreed, showTextsChanged, textInShort } from './legal.ts'
import { showLink } from './link.ts'
import { showMain } from './main.ts'
import { showForget, showMemory } from './memory.ts'
import { showLowBalance, showPaymentReceived, showPaymentRefunded, showSubscriptionFailed } from './payment.ts'
import { showPortrait } from './portrait.ts'
import { showProactive } from './proactive.ts'
import { showQuietHours } from './quiet-hours.ts'
import { showRecap } from './recap.ts'
import { reminderRefusal, showReminderSet, showReminders } from './reminders.ts'
import { showReplyFailed } from './reply-failed.ts'
import { showRestarted } from './restarted.ts'
import { sentence } from './sentence.ts'
import { showSettings } from './settings.ts'
import { stopButton } from './stop-button.ts'
import { showStopRenewal, showSubscription } from './subscription.ts'
import { showPaySupport, showSupportAnswer } from './support.ts'
import { showTimeZone, showZoneForReminder } from './time-zone.ts'
import { buttonsUnder } from './under-message.ts'
import type { Looking, ShowView, View, ViewDeps } from './view.ts'

/** By the key of the notice that asks for it. Deliveries that wait bear these keys: add freely, do not rename. */
const VIEWS: Readonly<Record<string, ShowView>> = {
  main: showMain,
  adult_required: showAdult,
  crisis: showCrisis,
  chat: showChat,
  no_conversation: showChoose,
  continued: showContinued,
  restarted: showRestarted,
  restored: showRestored,
  gone: showGone,
  withdrawn: showWithdrawn,
  settings: showSettings,
  language: showLanguage,
  zone: showTimeZone,
  proactive: showProactive,
  quiet: showQuietHours,
  ask_first: showAskFirst,
  first_chosen: showFirstChosen,
  credits: showCredits,
  subscription: showSubscription,
  stop_renewal: showStopRenewal,
  insufficient_credits: showOutOfCredits,
  daily_cap: showDailyCap,
  kept: showKept,
  low_balance: showLowBalance,
  payment_received: showPaymentReceived,
  payment_refunded: showPaymentRefunded,
  subscription_failed: showSubscriptionFailed,
  help: showHelp,
  memory: showMemory,
  forget: showForget,
  reminders: showReminders,
  reminder_set: showReminderSet,
  reminder_zone_unknown: showZoneForReminder,
  reminder_unreadable: reminderRefusal('reminder-unreadable'),
  reminder_empty: reminderRefusal('reminder-empty'),
  reminder_past: reminderRefusal('reminder-past'),
  reminder_too_far: reminderRefusal('reminder-too-far'),
  reminder_too_long: reminderRefusal('reminder-too-long'),
  reminder_too_many: reminderRefusal('reminder-too-many'),
  recap: showRecap,
  portrait: showPortrait,
  reply_failed: showReplyFailed,
  link: showLink,
  link_locked: sentence('link-locked'),
  link_code_wrong: sentence('link-code-wrong'),
  link_code_voided: sentence('link-code-voided'),
  link_code_expired: sentence('link-code-expired'),
  link_refused_telegram: sentence('link-refused-telegram'),
  link_refused_web: sentence('link-refused-web'),
  linked: sentence('linked'),
  undone: sentence('undone'),
  lane_full: sentence('lane-full'),
  unreadable: sentence('unreadable'),
  edited_seen: sentence('edited-seen'),
  paysupport: showPaySupport,
  paysupport_taken: sentence('paysupport-taken'),
  paysupport_too_many: sentence('paysupport-too-many'),
  paysupport_too_long: sentence('paysupport-too-long'),
  paysupport_words: sentence('paysupport-words'),
  support_answered: showSupportAnswer,
  talk_read: sentence('talk-read'),
  report_read: sentence('report-read'),
  terms: textInShort('terms'),
  privacy: textInShort('privacy'),
  texts_changed: showTextsChanged,
  texts_agreed: showAgreed,
  export: showExport,
  delete: showDelete,
  erasing: sentence('erasing'),
  unknown_command: sentence('unknown-command'),
  reported: sentence('reported'),
  nothing_to_report: sentence('nothing-to-report'),
}

/** Shows notices as they are at this moment, for a first sending and for an edit alike; null: nothing to show any more. */
export interface Views {
  show(notice: Notice, at: Omit<Looking, 'args'>): Promise<View | null>
  /** What is pressed under an answer that grows in this chat. */
  stopButton(address: string, turnId: string): Promise<InlineKeyboardMarkup>
  /** What is pressed under a companion's line, by the name of it; null for none. */
  buttonsUnder(address: string, name: string): Promise<InlineKeyboardMarkup | null>
}

export function createViews(deps: ViewDeps): Views {
  return {
    async show({ key, args = {} }, at) {
      const show = Object.hasOwn(VIEWS, key) ? VIEWS[key] : undefined
      return show ? show(deps, { ...at, args }) : null
    },
    stopButton: (address, turnId) => stopButton(deps, address, turnId),
    buttonsUnder: (address, name) => buttonsUnder(deps, address, name),
  }
}
