import type { Credits } from '#contract/api'
import { listIdentities, type MergePart } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** What a web user brings along, and whether a mistake would cost something. */
export interface WholeStake {
  messages: number
  credits: Credits
  precious: boolean
}

/** Asks every room. A second login is precious too: somebody else might come along with it. */
export async function stakeOf(db: Executor, parts: readonly MergePart[], userId: string): Promise<WholeStake> {
  const whole: WholeStake = {
    messages: 0,
    credits: { basic: 0, pro: 0, cassandra: 0 },
    precious: (await listIdentities(db, userId)).length > 1,
  }
  for (const part of parts) {
    const stake = await part.stake?.(db, userId)
    if (!stake) continue
    whole.messages += stake.messages ?? 0
    whole.credits = stake.credits ?? whole.credits
    whole.precious ||= stake.precious
  }
  return whole
}
