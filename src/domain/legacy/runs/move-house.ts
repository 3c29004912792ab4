import { createHash } from 'node:crypto'
import type pg from 'pg'
import { countUsers } from '#domain/identity'
import type { Catalogue } from '#domain/personas'
import { currentVersion, keepPersona } from '#domain/personas'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import type { Placed } from '../mapping/check-mapping.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { Note } from '../rules/note.ts'
import type { Source } from '../source/open-source.ts'
import { viewsOf } from '../source/placed-views.ts'
import { findShared } from '../source/shared-profiles.ts'
import { BEFORE_ALL_LINES, countAll, countReadable, lastLines, profileIds, type Views } from '../source/statements.ts'
import { type Companions, createCompanions, keptPersonaId } from './companions.ts'
import { type Counts, noCounts } from './counts.ts'
import { createHomes } from './homes.ts'
import { importHouse } from './import-house.ts'
import { beginRun, doneRuns, endRun, findRun, forgetCredits, type NewRun, type Run, readRun } from './run-store.ts'
import { arrivalsOf, usersOfProfiles } from './share-store.ts'

export interface MoveDeps {
  db: Executor
  pool: pg.Pool
  vault: Vault
  catalogue: Catalogue
  source: Source
  mapping: Mapping
  placed: Placed
  /** Told once how many lines there are still to be read. */
  expect?(lines: number): void
  /** Told after each transaction. */
  progress(rows: { users: number; lines: number }): void
  /** Told of each row that is left out; may end the run by throwing. */
  rejected?(note: Note): void
}

/** Another run is under way, or this one was made already: a sentence for the operator. */
export class RunError extends Error {
  override readonly name = 'RunError'
}

export interface Moved {
  run: Run
  /** It was done before, and nothing was changed. */
  before: boolean
  /** A run that was cut off and had to be ended first. */
  tookUp: Run | null
}

/**
 * Brings what is in the old house, or takes up the run that was cut off. One that is done is not done again; `sinceLast`
 * brings what has come since, also since a run that had to be ended first.
 * @throws RunError
 */
export async function moveHouse(
  deps: MoveDeps,
  { sinceLast }: { sinceLast: boolean },
  signal: AbortSignal,
): Promise<Moved> {
  const views = viewsOf(deps.placed)
  const { open, done } = await findRuns(deps, sinceLast)
  if (!open && done && !sinceLast) return { run: done, before: true, tookUp: null }
  if (open) await forgetCredits(deps.pool, open.id)
  const tookUp = open && (await bringRun(deps, views, open, signal))
  if (tookUp && (!sinceLast || tookUp.state !== 'done')) return { run: tookUp, before: false, tookUp: null }
  const next = await beginRun(deps.pool, await nextRun(deps, views, tookUp ?? done))
  return { run: await bringRun(deps, views, next, signal), before: false, tookUp }
}

/** The run as it stands when all of it is in, or when it was stopped. */
async function bringRun(deps: MoveDeps, views: Views, run: Run, signal: AbortSignal): Promise<Run> {
  const { pool } = deps
  try {
    const counts = run.counts ?? noCounts()
    if (!run.reachedAll) await pass({ ...deps, companions: companionsOf(deps) }, { views, run, counts }, signal)
  } catch (error) {
    if (!isTaken(error)) throw error
    throw new RunError('Somebody has come in here with a login of the old house meanwhile: the same command goes on.')
  }
  if (!signal.aborted) await endRun(pool, run.id, 'done')
  return (await readRun(pool, run.id)) ?? run
}

/**
 * Goes through all that `moveHouse` would, writes nothing, and tells `heard` what would be noted. What it counted.
 * @throws RunError
 */
export async function rehearseMove(
  deps: MoveDeps & { heard(notes: readonly Note[]): Promise<void> },
  { sinceLast }: { sinceLast: boolean },
  signal: AbortSignal,
): Promise<Counts> {
  const views = viewsOf(deps.placed)
  const { open, done } = await findRuns(deps, sinceLast)
  const planned = await nextRun(deps, views, sinceLast ? done : null)
  const run = open ?? { ...planned, id: newId(), reachedUser: null, startedAt: new Date() }
  const counts = noCounts()
  // A companion that would be kept is not written either.
  const companions = companionsOf(deps, async () => 1)
  await pass({ ...deps, companions, rehearsal: deps.heard }, { views, run, counts }, signal)
  return counts
}

/** The run that is under way and the last one that is done, if they are of this request. */
async function findRuns({ pool, source, mapping }: MoveDeps, sinceLast: boolean) {
  const hash = requestHash({ source, mapping })
  const open = await findRun(pool, 'running')
  const done = await findRun(pool, 'done', source.name)
  if (open && !open.requestHash.equals(hash)) {
    throw new RunError(
      `Run ${open.id} of ${open.source} is not finished: finish it with the same mapping, or take it back with --rollback ${open.id}.`,
    )
  }
  if (!open && done && !done.requestHash.equals(hash)) {
    throw new RunError(
      `Run ${done.id} was made with another mapping, and what it left out is not looked at again: give that mapping, or take the run back with --rollback ${done.id} and bring everything anew.`,
    )
  }
  if (!open && !done && sinceLast) throw new RunError('--since-last: there is no finished run of this source yet.')
  return { open, done }
}

type Passing = MoveDeps & { companions: Companions; rehearsal?: (notes: readonly Note[]) => Promise<void> }

interface Passage {
  views: Views
  run: Pick<Run, 'id' | 'lines' | 'reachedUser' | 'startedAt'>
  counts: Counts
}

async function pass(deps: Passing, { views, run, counts }: Passage, signal: AbortSignal): Promise<void> {
  const { pool, source, mapping } = deps
  const shared = await findShared(source, views, (ids) => homesOf(pool, run.id, ids), run.reachedUser)
  const newProfiles = run.lines.after === null ? [] : await findNewProfiles(deps, views)
  const lines = { ...run.lines, newProfiles }
  const [[, total] = []] = await source.query(countAll(views, lines))
  deps.expect?.(Math.max(0, Number(total) - counts.tables.chat_messages.read))
  const rules = {
    reachability: mapping.telegramReachability,
    nowMicros: run.startedAt.getTime() * 1_000,
    withoutMail: shared.withoutMail,
  }
  // Whoever this run has brought counts too: the old house may have changed since it was cut off.
  const homes = (await countUsers(pool)) === 0 ? null : createHomes(pool)
  const { joined } = shared
  await importHouse(
    { ...deps, runId: run.id, counts, homes, roles: mapping.roles, rules },
    { views, joined, afterUser: run.reachedUser, lines },
    signal,
  )
}

async function homesOf(pool: pg.Pool, runId: string, legacyIds: readonly string[]) {
  const arrivals = await arrivalsOf(pool, legacyIds)
  const of = (isOwn: boolean) =>
    new Map(arrivals.filter((one) => (one.runId === runId) === isOwn).map((one) => [one.legacyId, one.userId]))
  return { earlier: of(false), own: of(true) }
}

/** Profiles asked for at once. */
const PROFILES_AT_ONCE = 5_000

/** Profiles that no run has brought: all of their lines are new. */
async function findNewProfiles({ pool, source }: MoveDeps, views: Views): Promise<string[]> {
  const cursor = source.cursor(profileIds(views))
  const found: string[] = []
  for (;;) {
    const ids = (await cursor.next(PROFILES_AT_ONCE)).flatMap(([id]) => id ?? [])
    if (ids.length === 0) return found
    const known = await usersOfProfiles(pool, ids)
    for (const id of ids) if (!known.has(id)) found.push(id)
  }
}

/** PostgreSQL: unique_violation. */
const TAKEN = '23505'

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === TAKEN
}

/** `before`: the run that it follows. */
async function nextRun(deps: MoveDeps, views: Views, before: Run | null): Promise<NewRun> {
  const { source, mapping } = deps
  const [[last, open] = []] = await source.query(lastLines(views))
  const lines = {
    after: before?.lines.last ?? null,
    open: before?.lines.notYet ?? [],
    last: last ?? before?.lines.last ?? BEFORE_ALL_LINES,
    // As PostgreSQL writes an array of numbers.
    notYet: open ? open.slice(1, -1).split(',') : [],
  }
  const newProfiles = before ? await findNewProfiles(deps, views) : []
  const [[profiles, messages, purses, ...credits] = []] = await source.query(countAll(views, { ...lines, newProfiles }))
  const [basic = 0, pro = 0, cassandra = 0] = credits.map(Number)
  const rows = { profiles: Number(profiles), chat_messages: Number(messages), user_credits: Number(purses) }
  const expected = {
    rows,
    credits: { basic, pro, cassandra },
    before: before && (await countAgain(deps, views, { before, newProfiles })),
  }
  return { source: source.name, requestHash: requestHash({ source, mapping }), lines, expected }
}

/** Lines of people that the runs so far have read, and those that they could read now. */
async function countAgain(
  { pool, source }: MoveDeps,
  views: Views,
  { before, newProfiles }: { before: Run; newProfiles: readonly string[] },
) {
  const runs = await doneRuns(pool, before.source)
  const was = runs.reduce((sum, { counts }) => sum + (counts?.linesOfPeople ?? 0), 0)
  const [[now] = []] = await source.query(countReadable(views, before.lines, newProfiles))
  return { was, now: Number(now) }
}

/** The same source asked in the same way. */
function requestHash({ source, mapping }: Pick<MoveDeps, 'source' | 'mapping'>): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([source.name, mapping]))
    .digest()
}

/** `keep`: writes a companion that is not offered here down; its version. */
function companionsOf(
  { db, catalogue, mapping }: MoveDeps,
  keep = (persona: { id: string; name: string }) => keepPersona(db, persona),
): Companions {
  return createCompanions({
    catalogue,
    personas: mapping.personas,
    defaultPersona: mapping.defaultPersona,
    versionOf: (personaId) => currentVersion(db, personaId),
    async keepName(name) {
      const personaId = keptPersonaId(name)
      return { personaId, version: await keep({ id: personaId, name }) }
    },
  })
}
