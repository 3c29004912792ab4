import type { BrowserContext } from 'playwright-core'
import type { Person } from '#test/people'

/** Puts the session of a person who signed in by the API into a browser. */
export async function enterAs(context: BrowserContext, person: Person, url: string): Promise<void> {
  await context.addCookies([...person.client.cookies()].map(([name, value]) => ({ name, value, url })))
}
