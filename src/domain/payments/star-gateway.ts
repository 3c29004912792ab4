/** What Telegram does with Stars for its bot. Every call has an end, and fails with a StarGatewayError alone. */
export interface StarGateway {
  /** The address under which an invoice is paid (Bot API createInvoiceLink). */
  createInvoiceLink(invoice: Invoice): Promise<string>
  /** Gives the Stars of a charge back; `already`: they had been given back (Bot API refundStarPayment). */
  refund(charge: { telegramId: string; chargeId: string }): Promise<'refunded' | 'already'>
  /** Stops a subscription at the end of what is paid, or lets the payer renew it again (Bot API editUserStarSubscription). */
  setRenewal(charge: { telegramId: string; chargeId: string; renews: boolean }): Promise<void>
  /** A page of the bot's Star transactions from `offset` on, oldest first (Bot API getStarTransactions). */
  transactions(page: { offset: number; limit: number }, signal?: AbortSignal): Promise<StarTransaction[]>
}

export interface Invoice {
  title: string
  description: string
  payload: string
  stars: number
  /** Charged anew every month until it is stopped. */
  monthly: boolean
}

/** One line of Telegram's own book. A refund has the id of the charge that it gives back. */
export interface StarTransaction {
  id: string
  direction: 'in' | 'out'
  stars: number
  at: Date
  /** Null unless it is the payment of an invoice by a person. */
  invoice: { payload: string; telegramId: string } | null
}

/**
 * Telegram did not do what was asked. `refused`: it surely did not; `away`: nobody knows, and asking again is safe.
 * The message holds words of Telegram and of ours alone.
 */
export class StarGatewayError extends Error {
  override name = 'StarGatewayError'
  readonly kind: 'refused' | 'away'

  constructor(kind: 'refused' | 'away', message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
