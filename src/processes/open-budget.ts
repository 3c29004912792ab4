import { type Amount, createDayBudget, type DayCap, MICROS, readToday } from '#domain/spending'
import type { ModelBudget } from '#platform/llm'
import type { Ground } from './lay-ground.ts'

/** What the models may take in a day, as the operator has set it; undefined where nothing is set, and nothing is asked. */
export function openBudget({ config, database, metrics, log }: Ground): ModelBudget | undefined {
  const cap: DayCap = {
    tokens: config.LLM_DAILY_TOKENS ?? null,
    budget: config.LLM_DAILY_BUDGET ?? null,
    inputPrice: config.LLM_PRICE_INPUT ?? 0,
    outputPrice: config.LLM_PRICE_OUTPUT ?? 0,
  }
  if (cap.tokens === null && cap.budget === null) return undefined
  const { db } = database.handle
  const read = (value: (today: Amount) => number) => async () => value(await readToday(db))
  metrics.gauge({
    name: 'vitte_model_day_tokens',
    help: 'Tokens spent and held since midnight UTC; the same in every process',
    read: read(({ tokens }) => tokens),
  })
  metrics.gauge({
    name: 'vitte_model_day_cost',
    help: 'What they cost, in the currency of the prices; the same in every process',
    read: read(({ micros }) => micros / MICROS),
  })
  metrics.gauge({
    name: 'vitte_model_day_share',
    help: 'The share of the cap that is spent and held since midnight UTC, of the cap that is nearer; 1: models rest',
    read: read((today) => shareOf(today, cap)),
  })
  return createDayBudget({ db, hastyDb: database.hasty.db, cap, log })
}

function shareOf({ tokens, micros }: Amount, cap: DayCap): number {
  return Math.max(share(tokens, cap.tokens), share(micros / MICROS, cap.budget))
}

function share(taken: number, cap: number | null): number {
  if (cap === null) return 0
  return cap === 0 ? 1 : taken / cap
}
