import type { Kysely } from 'kysely'
import { announceMerged, type LinkNews, type LinkSides } from '#domain/linking'
import type { Announce } from '#domain/replies'
import type { Note, NoteMail } from '#edges/mail'
import { tell } from '#edges/telegram'
import type { Live } from '#platform/live'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'

export interface LinkNewsDeps {
  db: Kysely<Database>
  live: Live
  announce: Announce
  log: Log
  post(mail: NoteMail): void
}

/** Tells people by the chat and by mail; open pages hear first. */
export function createLinkNews({ db, live, announce, log, post }: LinkNewsDeps): LinkNews {
  return {
    asked({ email, telegram, locale }) {
      if (email !== null) post({ to: email, note: 'link_warning', telegram, locale })
    },
    async linked(merged) {
      announceMerged(live, merged)
      await tellBoth(merged, 'linked')
    },
    undone: (sides) => tellBoth(sides, 'undone'),
  }

  async function tellBoth(sides: LinkSides, note: Exclude<Note, 'link_warning'>): Promise<void> {
    const { absorbedEmail: to, survivorTelegram: telegram, locale } = sides
    if (to !== null && telegram) post({ to, note, telegram, locale })
    if (!telegram?.reachable) return
    try {
      await tell({ db, announce }, { userId: sides.survivorId, address: telegram.externalId }, { key: note })
    } catch (error) {
      // What was joined stays joined: the request that did it must not look failed.
      log.error('link.news_lost', { error })
    }
  }
}
