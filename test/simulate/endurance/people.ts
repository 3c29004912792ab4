import type { Sandbox } from '#sandbox'
import { Person } from '../../harness/people.ts'
import type { Scope } from '../../harness/scope.ts'

const COMPANION = 'arina'
const AT_ONCE = 8

/** Somebody with a chat with the bot, the Mini App and the site, all at once. */
export interface Dweller {
  telegramId: number
  userId: string
  webapp: Person
  browser: Person
}

/** Of age, in the middle of a talk with the same companion everywhere. */
export async function settlePeople(
  { url, sandbox, scope, log }: { url: string; sandbox: Sandbox; scope: Scope; log(line: string): void },
  count: number,
): Promise<Dweller[]> {
  const people: Dweller[] = []
  const settle = async () => {
    while (people.length < count) {
      const { id } = sandbox.telegram.addPerson({ firstName: 'Житель' })
      const dweller = { telegramId: id, userId: '', webapp: new Person(url, scope), browser: new Person(url, scope) }
      people.push(dweller)
      dweller.userId = (await dweller.webapp.openMiniApp(sandbox, id)).id
      await dweller.webapp.confirmAdult()
      await dweller.webapp.startConversation(COMPANION)
      log(`${people.length} of ${count} people`)
      await dweller.browser.signInByWidget(sandbox, id)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, settle))
  return people
}
