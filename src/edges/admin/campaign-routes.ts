import type { Kysely } from 'kysely'
import type { Catalogue } from '#domain/personas'
import {
  type Campaign,
  type CampaignDeed,
  type CampaignRefusal,
  changeCampaign,
  createCampaign,
  findCampaign,
  listCampaigns,
} from '#domain/proactive'
import { type App, defineRoute, isUuid, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import type { Database } from '#platform/postgres'
import {
  campaignAnswerSchema,
  campaignPageQuery,
  campaignPageSchema,
  idParam,
  newCampaignSchema,
  type ShownCampaign,
} from './campaign-schemas.ts'

/** Two texts of 4,096 units, each written as an escape of six bytes. */
const BODY_MAX_BYTES = 65_536
const DEEDS: readonly CampaignDeed[] = ['start', 'pause', 'resume', 'cancel']

export interface CampaignRouteDeps {
  db: Kysely<Database>
  catalogue: Pick<Catalogue, 'localized'>
  /** After something changed that workers are to see to. */
  wake(): void
}

const create = defineRoute({
  method: 'post',
  path: '/api/admin/campaigns',
  owner: 'operator',
  maxBodyBytes: BODY_MAX_BYTES,
  summary: 'Draft one text for many; `total` counts for how many it would be, and nothing is sent yet',
  request: { body: jsonBody(newCampaignSchema) },
  responses: { 201: jsonAnswer(campaignAnswerSchema, 'The draft') },
})

const list = defineRoute({
  method: 'get',
  path: '/api/admin/campaigns',
  owner: 'operator',
  summary: 'Campaigns, newest first',
  request: { query: campaignPageQuery },
  responses: { 200: jsonAnswer(campaignPageSchema, 'A page; `before` takes the last id of it for the next') },
})

const one = defineRoute({
  method: 'get',
  path: '/api/admin/campaigns/{id}',
  owner: 'operator',
  summary: 'One campaign and how far it has come',
  request: { params: idParam },
  responses: { 200: jsonAnswer(campaignAnswerSchema, 'The campaign') },
})

const change = (deed: CampaignDeed) =>
  defineRoute({
    method: 'post',
    path: `/api/admin/campaigns/{id}/${deed}`,
    owner: 'operator',
    summary: 'Start, pause, resume or cancel a campaign; done again it changes nothing',
    request: { params: idParam },
    responses: { 200: jsonAnswer(campaignAnswerSchema, 'The campaign as it is now') },
  })

/** What operators say to many. */
export function campaignRoutes(app: App, { db, catalogue, wake }: CampaignRouteDeps): void {
  app.openapi(create, async (c) => {
    const { text: texts, audience } = c.req.valid('json')
    const { personaId } = audience
    // One that is no longer offered still has people who talk to it.
    if (personaId !== undefined && !catalogue.localized(personaId, 'ru')) {
      throw new Problem(422, 'invalid_input', { says: 'persona_unknown', fields: { 'audience.personaId': 'unknown' } })
    }
    const campaign = await createCampaign(db, { operatorId: c.var.caller.userId, texts, audience })
    return c.json({ campaign: present(campaign) }, 201)
  })

  app.openapi(list, async (c) => {
    const { before = null, limit } = c.req.valid('query')
    if (before !== null && !isUuid(before)) throw new Problem(422, 'invalid_input', { fields: { before: 'no id' } })
    const found = await listCampaigns(db, { before, limit: limit + 1 })
    return c.json({ campaigns: found.slice(0, limit).map(present), hasMore: found.length > limit }, 200)
  })

  app.openapi(one, async (c) => {
    const campaign = await findCampaign(db, knownId(c.req.valid('param').id))
    if (!campaign) throw new Problem(404, 'not_found')
    return c.json({ campaign: present(campaign) }, 200)
  })

  for (const deed of DEEDS) {
    app.openapi(change(deed), async (c) => {
      const id = knownId(c.req.valid('param').id)
      const changed = await changeCampaign(db, { id, deed, operatorId: c.var.caller.userId })
      if (typeof changed === 'string') throw refusal(changed)
      wake()
      return c.json({ campaign: present(changed) }, 200)
    })
  }
}

function refusal(why: CampaignRefusal): Problem {
  if (why === 'absent') return new Problem(404, 'not_found')
  return new Problem(409, `campaign_${why}`)
}

function present({ texts, createdAt, startedAt, endedAt, ...campaign }: Campaign): ShownCampaign {
  return {
    ...campaign,
    text: texts,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}
