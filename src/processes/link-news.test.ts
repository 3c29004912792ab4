import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createAnnounce } from '#domain/replies'
import type { NoteMail } from '#edges/mail'
import { openRooms } from '#test/rooms'
import { silentLog } from '#test/silent-log'
import { createLinkNews } from './link-news.ts'

const { db, live, newPerson } = await openRooms()
const mails: NoteMail[] = []
const announce = createAnnounce(live)
const news = createLinkNews({ db, live, announce, log: silentLog, post: (mail) => void mails.push(mail) })

async function sides({ email = 'anna@example.org' as string | null, reachable = true } = {}) {
  mails.length = 0
  const { userId, telegramId } = await newPerson()
  return {
    survivorId: userId,
    absorbedId: userId,
    survivorTelegram: { externalId: telegramId, displayName: 'Маша', username: 'masha', reachable },
    absorbedEmail: email,
    locale: 'ru' as const,
    mergeId: '',
    endedSessionIds: [],
    movedSessionId: null,
  }
}

async function owedTo(telegramId: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT notice->>'key' AS key FROM deliveries WHERE address = ${telegramId} AND notice IS NOT NULL
  `.execute(db)
  return rows.map(({ key }) => key)
}

test('after a link and after its undoing the chat and the address are told', async () => {
  const both = await sides()
  await news.linked(both)
  await news.undone(both)
  assert.deepEqual(await owedTo(both.survivorTelegram.externalId), ['linked', 'undone'])
  assert.deepEqual(
    mails.map(({ to, note, telegram }) => [to, note, telegram.username]),
    [
      ['anna@example.org', 'linked', 'masha'],
      ['anna@example.org', 'undone', 'masha'],
    ],
  )
})

test('a side without an address, or without a chat that can be written to, hears nothing', async () => {
  const silent = await sides({ email: null, reachable: false })
  await news.linked(silent)
  news.asked({ email: null, telegram: silent.survivorTelegram, locale: 'ru' })
  assert.deepEqual(await owedTo(silent.survivorTelegram.externalId), [])
  assert.deepEqual(mails, [])
})

test('whoever owns the address hears that a code was asked for', async () => {
  const { survivorTelegram: telegram } = await sides()
  news.asked({ email: 'anna@example.org', telegram, locale: 'en' })
  assert.deepEqual(mails, [{ to: 'anna@example.org', note: 'link_warning', telegram, locale: 'en' }])
})

test('a merge that is committed does not look failed because its news could not be told', async () => {
  const both = await sides()
  await news.linked({ ...both, survivorId: 'no id at all' })
  assert.deepEqual(await owedTo(both.survivorTelegram.externalId), [])
})
