import { z } from '@hono/zod-openapi'
import { FRESH_PROOF_SECONDS } from '#contract/limits'
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
  summary:
    'Undo my last link; both logins must be proven (one, where a link alone joined them), here or in this session just now',
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
  /** How long ago the proof was given, for kinds that live longer than a moment. */
  secondsAgo?: number
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

/**
 * Each login is proven by what was sent along, or was proven in this session just now.
 * @throws Problem 403 `not_fresh` for one that was not, `other_login` for a proof of something else
 */
async function spendProofs(tx: Executor, sessionId: string, logins: MergedLogins, given: GivenProofs): Promise<void> {
  const proven = await freshProofs(tx, sessionId)
  const telegram = await isProven(tx, given.telegram, logins.telegram ? [logins.telegram] : [], proven)
  const web = await isProven(tx, given.web, logins.web, proven)
  const enough = logins.eitherWillDo ? telegram || web : telegram && web
  if (!enough) throw new Problem(403, 'not_fresh')
}

async function isProven(
  tx: Executor,
  given: GivenProof | null,
  logins: readonly KnownIdentity[],
  proven: ReadonlySet<string>,
): Promise<boolean> {
  if (!given || (given.secondsAgo ?? 0) > FRESH_PROOF_SECONDS) return logins.some(({ id }) => proven.has(id))
  const { provider, externalId } = given.proof
  const theirs = logins.some((login) => login.provider === provider && login.externalId === externalId)
  if (!theirs) throw new Problem(403, 'other_login')
  await given.spend(tx)
  return true
}
