import { freePort } from '#test/free-port'
import { startWorld, type World } from '#test/world'
import { buildPage } from '../../build/page.ts'

/**
 * The built page, Vitte at `localhost` and the sandbox at `127.0.0.1`: two sites to a browser, as Vitte and Telegram
 * are, so that the Mini App in its frame has neither storage nor cookies. Two ports of one host would be one site.
 */
export async function startBrowserWorld(env: Record<string, string> = {}): Promise<World> {
  await buildPage()
  const PORT = String(await freePort())
  const PUBLIC_URL = `http://localhost:${PORT}`
  return startWorld(undefined, { env: { PORT, PUBLIC_URL, ...env }, sandbox: { appUrl: PUBLIC_URL } })
}
