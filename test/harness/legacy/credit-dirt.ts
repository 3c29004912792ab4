import type { Draw } from './draw.ts'
import type { Dirt } from './profile-dirt.ts'
import type { LegacyCredits, LegacyRows } from './rows.ts'

/** What can be wrong with credits. */
export const CREDIT_DIRT = {
  'credits of nobody': (draw) => ({ profiles: [], messages: [], credits: [draw.credits(draw.uuid())] }),
  'negative credits': (draw) => holding(draw, { basic: -7 }),
  'credits of NULL': (draw) => holding(draw, { pro: null }),
  'negative credits and NULL': (draw) => holding(draw, { basic: null, cassandra: -1 }),
  'all credits NULL': (draw) => holding(draw, { basic: null, pro: null, cassandra: null }),
  'no credit left': (draw) => holding(draw, { basic: 0, pro: 0, cassandra: 0 }),
  'negative credits beside good ones': (draw) => {
    const telegram_id = draw.telegramId()
    const rows = draw.people(draw.profile({ telegram_id }), draw.profile({ telegram_id }))
    return { ...rows, credits: rows.credits.map((credits, at) => (at === 0 ? { ...credits, pro: -300 } : credits)) }
  },
} satisfies Record<string, Dirt>

function holding(draw: Draw, given: Partial<LegacyCredits>): LegacyRows {
  const profile = draw.profile()
  return { profiles: [profile], messages: draw.talk(profile.id), credits: [draw.credits(profile.id, given)] }
}
