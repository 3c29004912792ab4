import { z } from '@hono/zod-openapi'
import { freshProofs, type KnownIdentity, type ProvenIdentity } from '#domain/identity'
import { announceUndone, type MergedLogins, previewUndo, undoMerge } from '#domain/linking'
import { type App, type AppContext, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import type { Executor } from '#platform/postgres'
import {
  emailProofSchema,
  initDataSchema,
  proveAddress,
  proveInitData,
  proveWidget,
  type SignInDeps,
  widgetSchema,
} from '../sign-in/index.ts'
import { withLabel } from './link-routes.ts'
import { undoPreviewSchema } from './schemas.ts'

const look = defineRoute({
  method: 'get',
  path: '/api/link/undo',
  owner: 'user',
  summary: 'What undoing my last link would give back',
  responses: { 200: jsonAnswer(z.object({ undo: undoPreviewSchema.nullable() }), 'Null when nothing can be undone') },
})

const undo = defineRoute({
  method: 'post',
  path: '/api/link/undo',
  owner: 'user',
  summary: 'Undo my last link; both logins must be proven, here or in this session within the last minutes',
  request: {
    body: jsonBody(
      z.strictObject({
        telegramProof: z.union([initDataSchema, widgetSchema]).optional(),
        webProof: emailProofSchema.optional(),
      }),
    ),
  },
  responses: { 200: jsonAnswer(z.object({ status: z.literal('undone') }), 'Two users again') },
})

type UndoBody = z.infer<(typeof undo)['request']['body']['content']['application/json']['schema']>

/** Taking a link back, for whoever proves both logins. */
export function undoRoutes(app: App, deps: SignInDeps): void {
  const { db, vault, live, linking } = deps

  app.openapi(look, async (c) => {
    const found = await previewUndo({ db, parts: linking.parts }, c.var.caller)
    return c.json({ undo: found && withLabel(deps, found) }, 200)
  })

  app.openapi(undo, async (c) => {
    const proofs = await readProofs(c, deps, c.req.valid('json'))
    const undone = await undoMerge({ db, vault, parts: linking.parts }, c.var.caller, (tx, logins) =>
      spendProofs(tx, c.var.caller.sessionId, logins, proofs),
    )
    if ('refused' in undone) throw new Problem(409, undone.refused)
    announceUndone(live, undone)
    await linking.news.undone(undone)
    return c.json({ status: 'undone' as const }, 200)
  })
}

interface GivenProof {
  proof: ProvenIdentity
  spend(tx: Executor): Promise<void>
}

interface GivenProofs {
  telegram: GivenProof | null
  web: GivenProof | null
}

async function readProofs(c: AppContext, deps: SignInDeps, body: UndoBody): Promise<GivenProofs> {
  const { telegramProof, webProof } = body
  return {
    telegram: telegramProof ? await proveTelegram(c, deps, telegramProof) : null,
    web: webProof ? await proveAddress(c, deps, webProof) : null,
  }
}

function proveTelegram(
  c: AppContext,
  deps: SignInDeps,
  given: NonNullable<UndoBody['telegramProof']>,
): Promise<GivenProof> {
  const { initData } = given
  if (typeof initData === 'string') return proveInitData(c, deps, initData)
  return proveWidget(c, deps, given as Record<string, string | number>)
}

/** Each login is proven by what was sent along, or was proven in this session just now. */
async function spendProofs(tx: Executor, sessionId: string, logins: MergedLogins, given: GivenProofs): Promise<void> {
  const proven = await freshProofs(tx, sessionId)
  await settleProof(tx, given.telegram, logins.telegram ? [logins.telegram] : [], proven)
  await settleProof(tx, given.web, logins.web, proven)
}

async function settleProof(
  tx: Executor,
  given: GivenProof | null,
  logins: readonly KnownIdentity[],
  proven: ReadonlySet<string>,
): Promise<void> {
  if (!given) {
    if (!logins.some(({ id }) => proven.has(id))) throw new Problem(403, 'not_fresh')
    return
  }
  const { provider, externalId } = given.proof
  const theirs = logins.some((login) => login.provider === provider && login.externalId === externalId)
  if (!theirs) throw new Problem(403, 'other_login')
  await given.spend(tx)
}
