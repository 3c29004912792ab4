import type { Page } from 'playwright-core'
import type { Sandbox } from '#sandbox'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { readCode } from './mail-sign-in.ts'
import type { Messenger } from './messenger.ts'
import type { PageWords } from './page-words.ts'

/** Sends /link in the chat and gives the address that the bot answers with. */
export async function askForLink({ say, heard }: Messenger): Promise<string> {
  const before = await heard.count()
  await say('/link')
  return waitFor(
    async () => {
      const texts = (await heard.allInnerTexts()).slice(before)
      return texts.flatMap((text) => /https?:\/\/\S+\/link#[\w-]+/.exec(text)?.[0] ?? []).at(-1)
    },
    { what: 'a link' },
  )
}

/** Opens a link as a browser does that is not on this page yet: a new fragment alone loads nothing. */
export async function openLink(page: Page, url: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(url)
}

/** Chooses this person on the page of the sandbox's Telegram, and comes back. */
export async function allowTelegram(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(name) }).check({ force: true })
  await page.getByRole('button', { name: /^(Разрешить|Allow)$/ }).click()
}

/** Proves an address in place: asks for the code, reads it in the mailbox, types it. */
export async function proveByMail(page: Page, sandbox: Sandbox, t: PageWords, email: string): Promise<void> {
  await page.getByRole('button', { name: t('prove-by-mail') }).click()
  const field = page.getByRole('textbox', { name: t('code-text', { email }) })
  await field.waitFor()
  await field.pressSequentially(await readCode(page, sandbox, email))
}

/** Somebody whom only the site knows; with a question they have something to lose. */
export async function webPerson(world: World, email: string, question?: string): Promise<Person> {
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, email)
  if (question === undefined) return person
  await person.confirmAdult()
  await person.startConversation('arina')
  await person.talk(question)
  return person
}
