import type { Kysely } from 'kysely'
import type { Credits } from '#contract/api'
import type { History } from '#domain/conversations'
import type { LegalTexts } from '#domain/identity'
import type { Memory } from '#domain/memory'
import type { Payments } from '#domain/payments'
import type { Catalogue } from '#domain/personas'
import type { ReceiveMessage, SettleDeps } from '#domain/replies'
import type { App, Limits } from '#edges/http'
import type { Database } from '#platform/postgres'
import type { Presence } from '#platform/presence'
import { conversationRoutes } from './conversation-routes.ts'
import { legalRoute } from './legal-route.ts'
import { meRoutes } from './me-routes.ts'
import { memoryRoutes } from './memory-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { personaRoutes } from './persona-routes.ts'
import { turnRoutes } from './turn-routes.ts'
import { typingRoute } from './typing-route.ts'

/** What talking stands on; handed in by whoever puts the process together. */
export interface TalkDeps {
  db: Kysely<Database>
  history: History
  catalogue: Catalogue
  receive: ReceiveMessage
  settle: SettleDeps
  presence: Presence
  limits: Limits
  welcome: { telegram: Credits; web: Credits }
  memory: Memory
  /** What a refusal for want of credits names. */
  payments: Pick<Payments, 'offers'>
  /** The installation's quiet hours, for who chose none: `HH:MM-HH:MM` or `none`. */
  quietHours: string
  legal: LegalTexts
}

/** The routes of contract section 4, but the event stream. */
export function talkRoutes(app: App, deps: TalkDeps): void {
  meRoutes(app, deps)
  legalRoute(app, deps)
  personaRoutes(app, deps)
  conversationRoutes(app, deps)
  messageRoutes(app, deps)
  turnRoutes(app, deps)
  memoryRoutes(app, deps)
  typingRoute(app, deps)
}
