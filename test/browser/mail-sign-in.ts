import type { Page } from 'playwright-core'
import type { Sandbox } from '#sandbox'
import type { PageWords } from './page-words.ts'

/** Signs in on the site by mail as a person does: asks for a code, reads it in the mailbox in another tab, types it. */
export async function signInByMail(page: Page, sandbox: Sandbox, t: PageWords, email: string): Promise<void> {
  await page.getByRole('textbox', { name: t('email-label') }).fill(email)
  await page.getByRole('button', { name: t('email-send') }).click()
  const field = page.getByRole('textbox', { name: t('code-text', { email }) })
  await field.waitFor()
  await field.pressSequentially(await readCode(page, sandbox, email))
  await page.getByRole('button', { name: t('menu-open') }).waitFor()
}

/** The six digits of the newest mail to this address. */
export async function readCode(page: Page, sandbox: Sandbox, email: string): Promise<string> {
  const mailbox = await page.context().newPage()
  await mailbox.goto(`${sandbox.url}/mailbox`)
  const mail = await mailbox.getByRole('link', { name: email }).first().innerText()
  await mailbox.close()
  const code = /\b\d{6}\b/.exec(mail)?.[0]
  if (!code) throw new Error(`no code in the subject: ${mail}`)
  return code
}
