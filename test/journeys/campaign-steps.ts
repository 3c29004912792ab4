import { sql } from 'kysely'
import type { Locale } from '#contract/words'
import { updateUser } from '#domain/identity'
import type { Answer } from '#test/client'
import { granted, Person } from '#test/people'
import { type WaitOptions, waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { owingIn, type Reachable } from '../faults/owing.ts'

export const OPERATOR = 700_000_002
/** A lease that its holder left ends within this, and then some hundred messages go out. */
const DEADLINE_MS = 60_000
/** What a world of campaigns is started with: any hour is a good one, and nobody has heard too much. */
export const CAMPAIGN_ENV = {
  ADMIN_TELEGRAM_IDS: String(OPERATOR),
  QUIET_HOURS: 'none',
  PROACTIVE_DAILY_CAP: '100',
}

export interface ShownCampaign {
  id: string
  state: string
  total: number
  sent: number
  skipped: number
  failed: number
}
type CampaignAnswer = Answer<{ campaign: ShownCampaign; code?: string; fields?: Record<string, string> }>

/** An operator at the pages of this process. */
export async function operatorAt({ sandbox, vitte }: World, url: string = vitte.url) {
  const person = new Person(url)
  const { id: userId } = await person.signInByWidget(sandbox, OPERATOR)
  const { client } = person
  const post = (path: string, body?: object): Promise<CampaignAnswer> =>
    client.call(`/api/admin/campaigns${path}`, { method: 'POST', ...(body ? { body } : {}) })
  const look = async (id: string) =>
    granted(await client.call<{ campaign: ShownCampaign }>(`/api/admin/campaigns/${id}`)).campaign
  return {
    client,
    userId,
    post,
    look,
    draft: async (text: { ru: string; en?: string }, audience: object = {}) =>
      granted(await post('', { text, audience }), 201).campaign,
    deed: (id: string, deed: string) => post(`/${id}/${deed}`),
    /** Waits until its figures fit. */
    until: (id: string, fits: (campaign: ShownCampaign) => boolean, wait: WaitOptions = {}) =>
      waitFor(async () => [await look(id)].find(fits), { deadlineMs: DEADLINE_MS, what: 'its progress', ...wait }),
  }
}

/** So many who said yes, are of age and have a talk with Arina; nobody else in this world wants anything any more. */
export async function welcoming(world: World, count: number, locale: Locale = 'ru'): Promise<Reachable[]> {
  const { db } = world.database
  const { newcomer } = owingIn(world)
  const people: Reachable[] = []
  for (let made = 0; made < count; made += 1) people.push(await newcomer())
  for (const { userId } of people) await updateUser(db, userId, { adult: true, proactiveEnabled: true, locale })
  await sql`
    INSERT INTO conversations (user_id, id, persona_id, persona_version, status)
    SELECT user_id, gen_random_uuid(), p.id, p.current_version, 'active'
    FROM unnest(${people.map(({ userId }) => userId)}::uuid[]) AS user_id, personas p WHERE p.id = 'arina'
  `.execute(db)
  return people
}

/** Nobody wants to hear anything any more, so that the next test is alone with its own people. */
export async function nobodyWelcomes({ database: { db } }: World): Promise<void> {
  await sql`UPDATE users SET proactive_enabled = false`.execute(db)
}

/** How often this chat was shown this text. */
export function heard({ sandbox }: World, { id }: Pick<Reachable, 'id'>, text: string): number {
  return sandbox.telegram.replies(id).filter(({ wire }) => wire.text === text).length
}

/** Why each of them heard nothing of it; null: it was said. */
export async function reasons({ database: { db } }: World, campaignId: string): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ user_id: string; skipped: string | null }>`
    SELECT user_id, skipped FROM initiatives WHERE kind = 'campaign' AND cause = ${campaignId}
  `.execute(db)
  return new Map(rows.map((row) => [row.user_id, row.skipped]))
}
