/** The words of the product that cross its border. One word per idea; see docs/names.md. */

/** Whose identity a message belongs to. */
export type Channel = 'telegram' | 'web'
/** How a message is delivered: `bot` and `webapp` belong to telegram, `browser` to web. */
export type Interface = 'bot' | 'webapp' | 'browser'
export type Role = 'user' | 'assistant' | 'system'
export type ContentType = 'text' | 'voice' | 'photo' | 'sticker' | 'other'
export type TurnState = 'unpaid' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown'
export type CreditType = 'basic' | 'pro' | 'cassandra'
export type Locale = 'ru' | 'en'
export type ConversationStatus = 'active' | 'archived'
/** A text that somebody agrees to. */
export type LegalDocument = 'terms' | 'privacy'
export type Reachability = 'reachable' | 'never_started' | 'blocked' | 'deactivated'

export const CREDIT_TYPES: readonly CreditType[] = ['basic', 'pro', 'cassandra']
export const LOCALES: readonly Locale[] = ['ru', 'en']
export const LEGAL_DOCUMENTS: readonly LegalDocument[] = ['terms', 'privacy']
