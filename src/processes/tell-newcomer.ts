import type { LocalSandbox } from './start-local-sandbox.ts'

/** Says where to look when the process plays part of the outside itself. */
export function tellNewcomer(url: string, { plays, url: sandboxUrl }: LocalSandbox): void {
  const lines = [
    '',
    plays.telegram && `  Telegram (sandbox)  ${sandboxUrl}          no TELEGRAM_BOT_TOKEN is set`,
    `  Website             ${url}`,
    plays.mail && `  Mailbox (sandbox)   ${sandboxUrl}/mailbox  no SMTP_URL is set`,
    plays.model && '  Language model      an offline demonstration: set LLM_MODEL and LLM_API_KEY for a real one',
    '',
  ]
  process.stdout.write(`${lines.filter((line) => line !== false).join('\n')}\n`)
}
