import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox'
import { atEnd, type Scope, wholeFile } from './scope.ts'

/** Shaped as Telegram's own; it opens nothing anywhere. */
const BOT_TOKEN = '7000000123:AAtest-token-of-the-sandbox-0123456789'

/** Telegram, model, mailbox and issuer in this process, answering without pauses. Stopped after the test. */
export async function startTestSandbox(
  scope: Scope = wholeFile,
  options: Partial<SandboxOptions> & { appUrl: string },
): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, token: BOT_TOKEN, model: { delayMsPerWord: 0 }, ...options })
  atEnd(scope, () => sandbox.stop())
  return sandbox
}

/** What points Vitte at this sandbox (contract: Environment). */
export function sandboxEnvironment(sandbox: Sandbox): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    TELEGRAM_OIDC_CLIENT_ID: sandbox.oidc.clientId,
    TELEGRAM_OIDC_CLIENT_SECRET: sandbox.oidc.clientSecret,
    TELEGRAM_OIDC_ISSUER: sandbox.oidc.issuer,
    LLM_MODEL: sandbox.llm.model,
    LLM_BASE_URL: sandbox.llm.baseUrl,
    SMTP_URL: sandbox.smtpUrl,
    MAIL_FROM: 'vitte@example.org',
  }
}
