import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { insertNotice } from '#domain/delivery'
import { freshProofs, messengerOf, type PersonalDataPart } from '#domain/identity'
import { askErasure, askExport, cancelErasure, openExport, writeExport } from '#domain/leaving'
import { loginsOnTrial } from '#domain/linking'
import type { Announce } from '#domain/replies'
import {
  type App,
  type AppContext,
  defineRoute,
  jsonAnswer,
  type Limits,
  Problem,
  recogniseCaller,
  requireFresh,
} from '#edges/http'
import type { Log } from '#platform/log'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { clientHash } from '../sign-in/index.ts'

export interface LeavingDeps {
  db: Kysely<Database>
  parts: readonly PersonalDataPart[]
  announce: Announce
  limits: Limits
  vault: Vault
  log: Log
}

/** Telegram's own download of a Mini App asks from there (WebApp.downloadFile). */
const TELEGRAM_WEB = 'https://web.telegram.org'
const FILE_NAME = 'vitte.zip'
const TOKEN = /^[A-Za-z0-9_-]{43}$/

const askForExport = defineRoute({
  method: 'post',
  path: '/api/me/export',
  owner: 'user',
  summary: 'A link to all of my own data, for this session, once; a login must have been proven within five minutes',
  responses: { 200: jsonAnswer(z.object({ url: z.string(), expiresAt: z.string() }), 'Where it is, and until when') },
})

const fetchExport = defineRoute({
  method: 'get',
  path: '/api/exports/{token}',
  owner: 'public',
  summary: 'My own data as JSON in a zip; 404 for any session but the one that asked, 410 the second time',
  request: { params: z.object({ token: z.string() }) },
  responses: { 200: { description: 'The zip', content: { 'application/zip': { schema: z.any() } } } },
})

const erasureSchema = z.object({ erasure: z.object({ dueAt: z.string() }).nullable() })

const leave = defineRoute({
  method: 'delete',
  path: '/api/me',
  owner: 'user',
  summary: 'Forget me, in a day; a login must have been proven within five minutes',
  responses: { 202: jsonAnswer(erasureSchema, 'When it will be done') },
})

const stay = defineRoute({
  method: 'post',
  path: '/api/me/erasure/cancel',
  owner: 'user',
  summary: 'Do not forget me after all; nothing when nobody asked for it',
  responses: { 200: jsonAnswer(erasureSchema, 'Nothing will be done') },
})

/** The routes of contract section 4 about taking one's data along and being forgotten. */
export function leavingRoutes(app: App, deps: LeavingDeps): void {
  const { db, announce, limits } = deps

  app.openapi(askForExport, async (c) => {
    requireFresh(c)
    const { userId, sessionId } = c.var.caller
    await limits.take('exportPerUser', userId)
    const asked = await inTransaction(db, async (tx) => {
      await refuseOnTrial(tx, { userId, sessionId })
      return askExport(tx, { userId, sessionId, client: clientHash(c, deps) })
    })
    if (!asked) throw new Problem(401, 'unauthorized')
    const url = `${c.var.frame.publicUrl.origin}/api/exports/${asked.token}`
    return c.json({ url, expiresAt: asked.expiresAt.toISOString() }, 200)
  })

  app.openapi(fetchExport, (c) => sendExport(c, deps, c.req.valid('param').token))

  app.openapi(leave, async (c) => {
    requireFresh(c)
    const { userId, sessionId } = c.var.caller
    const wish = { userId, client: clientHash(c, deps) }
    const asked = await inTransaction(db, async (tx) => {
      await refuseOnTrial(tx, { userId, sessionId })
      const noted = await askErasure(tx, wish)
      if (noted?.isNew) await tellChat(tx, noted.userId)
      return noted
    })
    if (!asked) throw new Problem(401, 'unauthorized')
    announce.wakeDeliveries()
    announce.event(asked.userId, { name: 'settings', data: {} })
    return c.json({ erasure: { dueAt: asked.dueAt } }, 202)
  })

  app.openapi(stay, async (c) => {
    const { userId } = c.var.caller
    await inTransaction(db, (tx) => cancelErasure(tx, { userId, client: clientHash(c, deps) }))
    announce.event(userId, { name: 'settings', data: {} })
    return c.json({ erasure: null }, 200)
  })
}

/**
 * A login that came by nothing but a link neither takes away nor carries off what was there before it, as long as the
 * link can be undone: somebody may have found it.
 * @throws Problem 403 `not_fresh`
 */
async function refuseOnTrial(
  tx: Executor,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  const onTrial = await loginsOnTrial(tx, userId)
  if (onTrial.size === 0) return
  const proven = await freshProofs(tx, sessionId)
  if (![...proven].some((identityId) => !onTrial.has(identityId))) throw new Problem(403, 'not_fresh')
}

/** Whoever asked on a page reads it in their chat, too, with the way back: it may have been somebody else. */
async function tellChat(tx: Executor, userId: string): Promise<void> {
  const messenger = await messengerOf(tx, userId, 'telegram')
  if (messenger?.reachability !== 'reachable') return
  const chat = { userId, channel: 'telegram', address: messenger.externalId } as const
  await insertNotice(tx, { ...chat, notice: { key: 'delete' } })
}

async function sendExport(c: AppContext, { db, parts, log }: LeavingDeps, token: string): Promise<Response> {
  const caller = await recogniseCaller(c)
  const keep = c.req.method === 'HEAD'
  const callerSessionId = caller?.sessionId ?? null
  const opened = TOKEN.test(token)
    ? await inTransaction(db, (tx) => openExport(tx, { token, callerSessionId, keep }))
    : ({ refused: 'absent' } as const)
  if ('refused' in opened)
    throw opened.refused === 'dead' ? new Problem(410, 'export_dead') : new Problem(404, 'not_found')
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${FILE_NAME}"`,
    'Cache-Control': 'no-store',
    ...(callerSessionId === null ? { 'Access-Control-Allow-Origin': TELEGRAM_WEB } : {}),
  }
  if (keep) return c.body(null, 200, headers)
  const zip = writeExport(db, parts, opened.userId)
  zip.once('error', (error) => log.warn('leaving.export_ended', { userId: opened.userId, error }))
  return c.body(Readable.toWeb(zip) as ReadableStream, 200, headers)
}
