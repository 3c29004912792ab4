import { type Api, GrammyError } from 'grammy'
import { type StarGateway, StarGatewayError, type StarTransaction } from '#domain/payments'
import { classifyError } from './classify-error.ts'

const CALL_TIMEOUT_MS = 10_000
const CURRENCY = 'XTR'
/** The only period that Telegram knows (Bot API createInvoiceLink, subscription_period). */
const SUBSCRIPTION_PERIOD_SECONDS = 2_592_000
/** Telegram's core hands it on unchanged (payments.refundStarsCharge). */
const ALREADY_REFUNDED = /CHARGE_ALREADY_REFUNDED/
const MS = 1_000

type Listed = Awaited<ReturnType<Api['getStarTransactions']>>['transactions'][number]

/** Stars over the Bot API. Every call ends within ten seconds and is made once: whoever asked knows whether to ask again. */
export function createStarGateway(api: Api): StarGateway {
  return {
    createInvoiceLink: ({ title, description, payload, stars, monthly }) =>
      calling((within) => {
        const prices = [{ label: title, amount: stars }]
        const period = monthly ? { subscription_period: SUBSCRIPTION_PERIOD_SECONDS } : {}
        return api.createInvoiceLink(title, description, payload, '', CURRENCY, prices, period, within)
      }),
    refund: ({ telegramId, chargeId }) =>
      calling(async (within) => {
        try {
          await api.refundStarPayment(Number(telegramId), chargeId, within)
          return 'refunded'
        } catch (error) {
          if (error instanceof GrammyError && ALREADY_REFUNDED.test(error.description)) return 'already'
          throw error
        }
      }),
    setRenewal: ({ telegramId, chargeId, renews }) =>
      calling(async (within) => {
        await api.editUserStarSubscription(Number(telegramId), chargeId, !renews, within)
      }),
    transactions: (page, signal) =>
      calling(async (within) => {
        const { transactions } = await api.getStarTransactions(page, within)
        return transactions.map(toTransaction)
      }, signal),
  }
}

async function calling<Result>(call: (within: never) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const within = AbortSignal.timeout(CALL_TIMEOUT_MS)
  try {
    return await call((signal ? AbortSignal.any([within, signal]) : within) as never)
  } catch (error) {
    const { kind, error: said } = classifyError(error).outcome
    throw new StarGatewayError(kind === 'refused' || kind === 'unreachable' ? 'refused' : 'away', said, {
      cause: error,
    })
  }
}

/** What is no payment of an invoice (gifts, withdrawals, other bots) carries none and is not ours to compare. */
function toTransaction({ id, amount, date, source, receiver }: Listed): StarTransaction {
  const partner = source ?? receiver
  const payload = partner?.type === 'user' ? partner.invoice_payload : undefined
  return {
    id,
    direction: source ? 'in' : 'out',
    stars: amount,
    at: new Date(date * MS),
    invoice:
      partner?.type === 'user' && payload !== undefined ? { payload, telegramId: String(partner.user.id) } : null,
  }
}
