import { armFailpoints } from '#platform/failpoints'
import type { Log } from '#platform/log'
import { type BuiltApp, buildApp } from './build-app.ts'
import type { Config } from './config.ts'
import { freePort } from './free-port.ts'
import { layGround } from './lay-ground.ts'
import type { OnLost } from './open-database.ts'
import type { Post } from './open-post.ts'
import { type RunningBot, runBot } from './run-bot.ts'
import { type RunningWorkers, runWorkers } from './run-workers.ts'
import { type Listening, serveHttp } from './serve-http.ts'
import type { LocalSandbox } from './start-local-sandbox.ts'
import { meetSurroundings } from './surroundings.ts'
import { wire } from './wire.ts'

/** SIGTERM is to be over in ten seconds; what is still being written by then is given back to others. */
const DRAIN_WORKERS_MS = 5_000
const DRAIN_HTTP_MS = 2_000

export interface Running {
  url: string
  sandbox: LocalSandbox | null
  /** Takes no new work, finishes or hands back what is under way, closes everything. */
  stop(): Promise<void>
}

/**
 * Starts the roles of one process. Resolves when it serves.
 * @throws errors with sentences for the operator; then nothing is left running
 */
export async function start(config: Config, log: Log, onLost: OnLost): Promise<Running> {
  if (config.FAILPOINTS.size > 0) standStill(config, log)
  const port = config.PORT === 0 ? await freePort(config.HOST) : config.PORT
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${port}`
  const ground = await layGround(config, log, onLost)
  const parts: {
    http?: Listening
    app?: BuiltApp
    bot?: RunningBot
    workers?: RunningWorkers
    post?: Post
    sandbox?: LocalSandbox
  } = {}
  let draining = false
  const stop = async () => {
    draining = true
    const closed = parts.http?.close()
    // Side by side: what one of them waits for is not taken from the time of the others.
    await Promise.all([
      parts.bot?.stop(),
      parts.app?.streams.close(),
      within(DRAIN_HTTP_MS, closed),
      parts.workers?.drain(DRAIN_WORKERS_MS),
    ])
    await within(DRAIN_HTTP_MS, parts.post?.close())
    await parts.sandbox?.stop()
    await ground.close()
  }
  try {
    const outside = await meetSurroundings(config, { publicUrl, port, vault: ground.vault, log })
    if (outside.sandbox) parts.sandbox = outside.sandbox
    const house = await wire(ground, outside)
    parts.post = house.post
    if (config.ROLES.includes('http')) {
      const state = { isDraining: () => draining, botUsername: () => parts.bot?.username() ?? null }
      parts.app = await buildApp(ground, house, outside, state)
      parts.http = await serveHttp(parts.app.app, { host: config.HOST, port })
    }
    if (config.ROLES.includes('worker')) parts.workers = runWorkers(ground, house)
    if (config.ROLES.includes('bot')) parts.bot = await runBot(ground, house, outside)
    return { url: publicUrl, sandbox: outside.sandbox, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A test wants to kill or freeze this process at a step. Whoever wakes it (SIGCONT) lets it go on. */
function standStill({ FAILPOINTS }: Config, log: Log): void {
  const { promise: woken, resolve } = Promise.withResolvers<void>()
  process.once('SIGCONT', resolve)
  log.warn('failpoints.armed', { count: FAILPOINTS.size })
  armFailpoints(FAILPOINTS, (step, key) => log.warn('failpoint.reached', { reason: step, rowId: key }), woken)
}

/** Waits no longer than this; what is left then is ended by closing what it stands on. */
async function within(ms: number, work: Promise<void> | undefined): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work, late])
  clearTimeout(timer)
}
