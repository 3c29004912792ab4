import type { Log } from '#platform/log'
import type { Vault } from '#platform/vault'
import type { Sandbox } from '#sandbox'
import type { Config } from './config.ts'

/** The bot of the sandbox has one id for good, so that a restart finds its updates and users again. */
const SANDBOX_BOT_ID = '4200000042'

/** What of the outside this process plays itself, because nothing real is configured. */
export interface LocalSandbox extends Sandbox {
  plays: { telegram: boolean; model: boolean; mail: boolean }
}

/**
 * Starts the sandbox beside the product on the next port, when a token, a model or a mail server is missing.
 * Null when everything is real.
 */
export async function startLocalSandbox(
  config: Config,
  { publicUrl, port, vault, log }: { publicUrl: string; port: number; vault: Vault; log: Log },
): Promise<LocalSandbox | null> {
  const plays = { telegram: !config.TELEGRAM_BOT_TOKEN, model: !config.LLM_MODEL, mail: !config.SMTP_URL }
  if (!plays.telegram && !plays.model && !plays.mail) return null
  const { startSandbox } = await import('#sandbox')
  const token = `${SANDBOX_BOT_ID}:${vault.derive('sandbox bot token', 26).toString('base64url')}`
  const start = (wanted: number) => startSandbox({ host: '127.0.0.1', port: wanted, token, appUrl: publicUrl })
  const sandbox = await start(port + 1).catch((error: unknown) => {
    // A second process on this machine, or a stranger, has the port.
    log.warn('sandbox.port_taken', { port: port + 1, error })
    return start(0)
  })
  return { ...sandbox, plays }
}
