import type { Log } from '#platform/log'
import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'
import { type LocalSandbox, startLocalSandbox } from './start-local-sandbox.ts'

const TELEGRAM_API_ROOT = 'https://api.telegram.org'
const MAIL_FROM_DEFAULT = 'Vitte <no-reply@localhost>'

/** Whom this process talks to outside: the real services, or the sandbox where none is configured. */
export interface Surroundings {
  publicUrl: string
  telegram: { token: string; apiRoot: string }
  oidc: { issuer: string; clientId: string; clientSecret: string } | null
  model: { baseUrl: string | undefined }
  mail: { smtpUrl: string; from: string }
  /** Where the Mini App is; null when Telegram itself would not take the address. */
  webAppUrl: string | null
  /** Origins of web clients, other than Telegram's own, that show the Mini App in a frame. */
  frameOrigins: string[]
  sandbox: LocalSandbox | null
}

/** Finds out who is real and starts the sandbox for the rest. */
export async function meetSurroundings(
  config: Config,
  { publicUrl, port, vault, log }: { publicUrl: string; port: number; vault: Vault; log: Log },
): Promise<Surroundings> {
  const sandbox = await startLocalSandbox(config, { publicUrl, port, vault, log })
  const telegram =
    config.TELEGRAM_BOT_TOKEN || !sandbox
      ? { token: config.TELEGRAM_BOT_TOKEN ?? '', apiRoot: config.TELEGRAM_API_ROOT }
      : { token: sandbox.token, apiRoot: sandbox.apiRoot }
  const isTelegramItself = telegram.apiRoot === TELEGRAM_API_ROOT
  const hasHttps = publicUrl.startsWith('https:')
  if (isTelegramItself && !hasHttps) log.warn('telegram.mini_app_needs_https', { setting: 'PUBLIC_URL' })
  return {
    publicUrl,
    telegram,
    oidc: oidcOf(config, sandbox),
    model: { baseUrl: config.LLM_MODEL ? config.LLM_BASE_URL : sandbox?.llm.baseUrl },
    mail: { smtpUrl: config.SMTP_URL ?? sandbox?.smtpUrl ?? '', from: config.MAIL_FROM ?? MAIL_FROM_DEFAULT },
    webAppUrl: hasHttps || !isTelegramItself ? `${publicUrl}/app` : null,
    frameOrigins: isTelegramItself ? [] : [new URL(telegram.apiRoot).origin],
    sandbox,
  }
}

function oidcOf(config: Config, sandbox: LocalSandbox | null): Surroundings['oidc'] {
  const { TELEGRAM_OIDC_CLIENT_ID: clientId, TELEGRAM_OIDC_CLIENT_SECRET: clientSecret } = config
  if (clientId && clientSecret) return { issuer: config.TELEGRAM_OIDC_ISSUER, clientId, clientSecret }
  return sandbox?.plays.telegram ? sandbox.oidc : null
}
