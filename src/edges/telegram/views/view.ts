import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { Kysely } from 'kysely'
import type { Locale } from '#contract/words'
import type { History } from '#domain/conversations'
import type { Notice } from '#domain/delivery'
import type { LegalVersions } from '#domain/identity'
import type { Memory } from '#domain/memory'
import type { Payments } from '#domain/payments'
import type { Catalogue } from '#domain/personas'
import type { Reminders } from '#domain/proactive'
import type { Support } from '#domain/support'
import type { Database } from '#platform/postgres'
import type { TextArgs, Texts } from '#platform/texts'
import type { Vault } from '#platform/vault'
import { sealButton, type Verb } from '../buttons/button-data.ts'
import { type Formatted, formatted, type Piece } from './formatted.ts'

/** What views read and stand on. */
export interface ViewDeps {
  db: Kysely<Database>
  texts: Texts
  catalogue: Catalogue
  history: History
  memory: Memory
  reminders: Pick<Reminders, 'list' | 'find'>
  /** Invoices are made when they are shown. */
  payments: Pick<Payments, 'offers' | 'openOrder' | 'subscriptionOf'>
  support: Pick<Support, 'answerOf'>
  vault: Vault
  legalVersions: LegalVersions
  siteUrl: string
  /** Where the Mini App is; null when Telegram would not take the address: then a sentence with ours stands instead. */
  webAppUrl: string | null
  /** The installation's quiet hours, for who chose none. */
  quietHours: string
  /** Holds `portraits/`. */
  personasFolder: string
  /** The address that opens a link of /link; its secret is worked out here and stored nowhere. */
  linkUrl(linkId: string): string
}

/** Who looks, and what the notice names. */
export interface Looking {
  userId: string
  /** The chat: Telegram id of the person in it. */
  address: string
  locale: Locale
  args: NonNullable<Notice['args']>
}

/** A message as it shall stand in the chat. */
export interface View extends Formatted {
  keyboard: InlineKeyboardMarkup | null
  /** A picture file that the text is the caption of. */
  photo?: string
  /** The person's app shall open an answer to this message by itself (Bot API ForceReply). */
  asks?: true
}

/** Reads the present state and shows it; null when there is nothing to show any more. */
export type ShowView = (deps: ViewDeps, at: Looking) => Promise<View | null>

/** A button: one that is pressed, one that opens a page of the Mini App, or one that leads to an address of Telegram's. */
export type ButtonOf = { text: string } & ({ verb: Verb; argument?: string } | { opens: string } | { url: string })

/** Puts pieces of text and rows of buttons together. */
export function viewOf(deps: ViewDeps, at: Looking, pieces: readonly Piece[], rows: readonly ButtonOf[][] = []): View {
  const keyboard = rows
    .map((row) => row.flatMap((button) => makeButton(deps, at, button)))
    .filter(({ length }) => length > 0)
  const unopened = deps.webAppUrl === null ? rows.flat().find((button) => 'opens' in button) : undefined
  const address =
    unopened && 'opens' in unopened
      ? [`\n\n${say(deps, at, 'open-site', { url: `${deps.siteUrl}${unopened.opens}` })}`]
      : []
  return {
    ...formatted([...pieces, ...address]),
    keyboard: keyboard.length > 0 ? { inline_keyboard: keyboard } : null,
  }
}

/** A sentence of the bot in the reader's language. */
export function say({ texts }: ViewDeps, { locale }: Looking, key: string, args?: TextArgs): string {
  return texts.say(locale, `notice-${key}`, args)
}

/** A button's words in the reader's language. */
export function label({ texts }: ViewDeps, { locale }: Looking, key: string, args?: TextArgs): string {
  return texts.say(locale, `button-${key}`, args)
}

function makeButton({ vault, webAppUrl }: ViewDeps, { address }: Looking, button: ButtonOf): InlineKeyboardButton[] {
  const { text } = button
  if ('verb' in button) return [{ text, callback_data: sealButton(vault, address, button.verb, button.argument) }]
  if ('url' in button) return [{ text, url: button.url }]
  return webAppUrl === null ? [] : [{ text, web_app: { url: `${webAppUrl}${button.opens}` } }]
}
