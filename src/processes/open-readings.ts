import { activeConversation, type History } from '#domain/conversations'
import { createReadings, type Readings, type Told } from '#domain/readings'
import { type Announce, presentMessage } from '#domain/replies'
import type { Executor } from '#platform/postgres'
import type { Ground } from './lay-ground.ts'
import { tellReachable } from './open-payments.ts'

/** Puts operators' readings together with the chat and the page in which people hear of them. */
export function openReadings(
  { database, texts }: Ground,
  { history, announce }: { history: History; announce: Announce },
): Readings {
  return createReadings({
    db: database.handle.db,
    history,
    async tell(tx, told) {
      await tellReachable(tx, told.user.id, {
        key: told.reported ? 'report_read' : 'talk_read',
        args: { kind: told.kind },
      })
      const message = told.reported ? null : await sayOnPage(tx, told)
      return () => {
        announce.wakeDeliveries()
        if (message) announce.message(told.user.id, message)
      }
    },
  })

  /** A line of the history itself: whoever reads it later sees it where it happened. */
  async function sayOnPage(tx: Executor, { user, kind }: Told) {
    const line = await history.append(tx, user, {
      conversationId: (await activeConversation(tx, user.id))?.id ?? null,
      turnId: null,
      role: 'system',
      channel: 'web',
      interface: 'browser',
      contentType: 'text',
      text: texts.say(user.locale, 'notice-talk-read', { kind }),
    })
    return presentMessage(line)
  }
}
