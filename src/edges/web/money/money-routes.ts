import type { Kysely } from 'kysely'
import type { Payments } from '#domain/payments'
import type { Catalogue } from '#domain/personas'
import type { App, Limits } from '#edges/http'
import type { Database } from '#platform/postgres'
import { entryRoutes } from './entry-routes.ts'
import { offerRoutes } from './offer-routes.ts'
import { subscriptionRoutes } from './subscription-routes.ts'

/** What buying and its books stand on. */
export interface MoneyDeps {
  db: Kysely<Database>
  catalogue: Catalogue
  payments: Payments
  limits: Limits
}

/** The routes of contract section 4 about credits, offers and the subscription. */
export function moneyRoutes(app: App, deps: MoneyDeps): void {
  entryRoutes(app, deps)
  offerRoutes(app, deps)
  subscriptionRoutes(app, deps)
}
