import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCALES, type Locale } from '#contract/words'
import { bookTopUp, clawBack } from '#domain/credits'
import type { Notice } from '#domain/delivery'
import { updateUser } from '#domain/identity'
import { createMemory } from '#domain/memory'
import { type CheckoutRefusal, createPayments, loadOffers, type StarGateway } from '#domain/payments'
import { createReminders } from '#domain/proactive'
import { beginConversation, restartConversation } from '#domain/replies'
import { createSupport } from '#domain/support'
import { loadTexts } from '#platform/texts'
import { openRooms } from '#test/rooms'
import { silentLog } from '#test/silent-log'
import { COMMANDS } from '../commands.ts'
import { createViews } from './create-views.ts'
import type { View } from './view.ts'

const rooms = await openRooms()
const offers = await loadOffers('offers.yaml')
/** Telegram's side of it, as far as views need it. */
const gateway: StarGateway = {
  createInvoiceLink: async ({ payload }) => `https://t.me/$${payload}`,
  refund: async () => 'refunded',
  setRenewal: async () => {},
  transactions: async () => [],
}
const payments = createPayments({
  db: rooms.db,
  checkDb: rooms.db,
  offers,
  gateway,
  ledger: { bookTopUp, clawBack },
  async tell() {},
  changed() {},
  log: silentLog,
  measure() {},
})
const support = createSupport({ db: rooms.db, vault: rooms.vault, keys: rooms.keyRing, async tell() {}, owed() {} })
const deps = {
  ...rooms,
  // Strict: a sentence without a text, or with other arguments, throws.
  texts: await loadTexts({ folder: 'locales', strict: true }),
  payments,
  support,
  memory: createMemory({ vault: rooms.vault, keys: rooms.keyRing }),
  reminders: createReminders({ vault: rooms.vault, keys: rooms.keyRing }),
  legalVersions: { terms: '2026-01-02', privacy: '2026-01-03' },
  siteUrl: 'https://vitte.example',
  quietHours: '22:00-09:00',
  personasFolder: 'personas',
  linkUrl: (linkId: string) => `https://vitte.example/link#secret-of-${linkId}`,
}
const views = createViews({ ...deps, webAppUrl: 'https://vitte.example/app' })
const plainViews = createViews({ ...deps, webAppUrl: null })

const PLAIN: Notice[] = [
  'main',
  'adult_required',
  'chat',
  'no_conversation',
  'continued',
  'restored',
  'gone',
  'withdrawn',
  'settings',
  'language',
  'zone',
  'proactive',
  'quiet',
  'ask_first',
  'first_chosen',
  'credits',
  'subscription',
  'stop_renewal',
  'insufficient_credits',
  'daily_cap',
  'kept',
  'paysupport',
  'paysupport_taken',
  'paysupport_too_many',
  'paysupport_words',
  'terms',
  'privacy',
  'texts_changed',
  'texts_agreed',
  'help',
  'memory',
  'forget',
  'reminders',
  'reminder_zone_unknown',
  'reminder_unreadable',
  'reminder_empty',
  'reminder_past',
  'reminder_too_far',
  'reminder_too_long',
  'reminder_too_many',
  'link_locked',
  'link_code_voided',
  'link_code_expired',
  'link_refused_telegram',
  'link_refused_web',
  'linked',
  'undone',
  'lane_full',
  'unreadable',
  'edited_seen',
  'unknown_command',
  'reported',
  'nothing_to_report',
].map((key) => ({ key }))

async function talker() {
  const { userId, telegramId } = await rooms.newPerson()
  const deed = { ...rooms.settle, catalogue: rooms.catalogue }
  const begun = await beginConversation(deed, { userId, personaId: 'arina', interface: 'browser' })
  assert.ok('conversation' in begun)
  const conversationId = begun.conversation.id
  await restartConversation(deed, { userId, conversationId, interface: 'browser' })
  return { at: { userId, address: telegramId }, archivedId: conversationId }
}

async function shown(notice: Notice, at: { userId: string; address: string }, locale: Locale = 'ru'): Promise<View> {
  const view = await views.show(notice, { ...at, locale })
  assert.ok(view, `${notice.key} shows something`)
  return view
}

test('every view is whole in both languages, with and without a conversation, within Telegram’s bounds', async () => {
  const { at, archivedId } = await talker()
  const { userId, telegramId } = await rooms.newPerson()
  const more: Notice[] = [
    { key: 'restarted', args: { archivedId } },
    { key: 'reminder_set', args: { reminderId: archivedId } },
    { key: 'reply_failed', args: { turnId: archivedId } },
    { key: 'reply_failed', args: { turnId: archivedId, code: 'service_resting' } },
    { key: 'reply_failed', args: { turnId: archivedId, code: 'daily_replies' } },
    { key: 'portrait', args: { personaId: 'arina', storyId: 'last-tram' } },
    { key: 'link', args: { linkId: '7', minutes: 10 } },
    { key: 'link_code_wrong', args: { triesLeft: 2 } },
    { key: 'low_balance', args: { type: 'cassandra', left: 2 } },
    { key: 'payment_received', args: { basic: 100, pro: 0, cassandra: 3, debtPaid: 0 } },
    { key: 'payment_received', args: { basic: 100, pro: 0, cassandra: 0, debtPaid: 5 } },
    { key: 'payment_refunded', args: { basic: 0, pro: 5, cassandra: 0 } },
    { key: 'paysupport_too_long', args: { max: 2000 } },
  ]
  for (const locale of LOCALES) {
    for (const who of [at, { userId, address: telegramId }]) {
      await updateUser(rooms.db, who.userId, { locale })
      for (const notice of [...PLAIN, ...more]) {
        const { text, entities, keyboard } = await shown(notice, who, locale)
        assert.ok(text.length > 0 && text.length <= 4096 && text === text.trim(), notice.key)
        for (const { offset, length } of entities) {
          const marked = text.slice(offset, offset + length)
          assert.ok(marked === marked.trim() && marked.length === length && length > 0, notice.key)
        }
        for (const button of keyboard?.inline_keyboard.flat() ?? []) {
          const data = 'callback_data' in button ? button.callback_data : undefined
          assert.ok(data === undefined || Buffer.byteLength(data) <= 64)
        }
      }
    }
  }
})

test('what no view is called, and what there is nothing left of, is shown as nothing', async () => {
  const { at } = await talker()
  for (const key of ['toString', 'constructor', 'of-tomorrow']) {
    assert.equal(await views.show({ key }, { ...at, locale: 'ru' }), null)
  }
  const portrait = { key: 'portrait', args: { personaId: 'nobody', storyId: 'x' } }
  assert.equal(await views.show(portrait, { ...at, locale: 'ru' }), null)
  const lines = { key: 'recap', args: { lines: '01a2028b-e075-73b6-8004-9416217cd200', more: 0 } }
  assert.equal(await views.show(lines, { ...at, locale: 'ru' }), null)
})

test('where Telegram would not take the address of the Mini App, a sentence with ours stands instead', async () => {
  const { at } = await talker()
  const { text, keyboard } = (await plainViews.show({ key: 'main' }, { ...at, locale: 'ru' })) as View
  assert.ok(text.endsWith('\n\nОткройте https://vitte.example'))
  const buttons = keyboard?.inline_keyboard.flat() ?? []
  assert.ok(buttons.length > 0 && buttons.every((button) => 'callback_data' in button))
  const chosen = (await plainViews.show({ key: 'no_conversation' }, { ...at, locale: 'ru' })) as View
  assert.ok(chosen.text.endsWith('Откройте https://vitte.example/characters'))
  assert.equal(chosen.keyboard, null)
})

test('who has talked before is told with whom when there is nothing to continue', async () => {
  const { at } = await talker()
  const { text } = await shown({ key: 'no_conversation' }, at)
  assert.match(text, /^В прошлый раз вы говорили с Ариной\./)
})

test('help promises every command there is and no other', async () => {
  const { at } = await talker()
  for (const locale of LOCALES) {
    const { text } = await shown({ key: 'help' }, at, locale)
    assert.deepEqual(
      [...text.matchAll(/^\/(\w+) — .+$/gm)].map(([, command]) => command),
      [...COMMANDS],
    )
  }
})

test('a link is told with its whole address on a line of its own, and how long it works', async () => {
  const { at } = await talker()
  for (const locale of LOCALES) {
    const { text, keyboard } = await shown({ key: 'link', args: { linkId: '7', minutes: 10 } }, at, locale)
    assert.ok(text.split('\n').includes('https://vitte.example/link#secret-of-7'))
    assert.match(text, locale === 'ru' ? /10 минут / : /10 minutes,/)
    assert.equal(keyboard, null)
  }
})

test('tries and minutes are counted as each language counts', async () => {
  const { at } = await talker()
  const wrong = async (triesLeft: number, locale: Locale) =>
    (await shown({ key: 'link_code_wrong', args: { triesLeft } }, at, locale)).text
  assert.match(await wrong(1, 'ru'), /осталась 1 попытка\.$/)
  assert.match(await wrong(2, 'ru'), /остались 2 попытки\.$/)
  assert.match(await wrong(5, 'ru'), /осталось 5 попыток\.$/)
  assert.match(await wrong(1, 'en'), /1 try is left\.$/)
  const { text } = await shown({ key: 'link', args: { linkId: '7', minutes: 1 } }, at)
  assert.match(text, /действует 1 минуту и подходит/)
})

test('an operator’s answer comes under the question, to its owner alone, and nothing of it lies in the notice', async () => {
  const { at } = await talker()
  const { userId, telegramId } = await rooms.newPerson()
  const opened = await rooms.db
    .transaction()
    .execute((tx) => support.openRequest(tx, { ...at, text: 'кредиты не пришли' }))
  assert.ok('requestId' in opened)
  const { requestId } = opened
  const notice = { key: 'support_answered', args: { requestId } }
  assert.equal(await views.show(notice, { ...at, locale: 'ru' }), null, 'before there is an answer')
  await support.answer({ requestId, operatorId: at.userId, text: 'Уже на месте.' })
  assert.equal((await shown(notice, at)).text, 'Ответ на ваш вопрос об оплате:\n\nкредиты не пришли\n\nУже на месте.')
  assert.equal(await views.show(notice, { userId, address: telegramId, locale: 'ru' }), null)
})

test('every no to a payment fits where Telegram shows it, in both languages', async () => {
  const reasons: (CheckoutRefusal | 'unavailable')[] = [
    'unavailable',
    'unknown_order',
    'wrong_person',
    'wrong_sum',
    'order_paid',
    'order_expired',
    'payments_held',
    'already_subscribed',
  ]
  for (const reason of reasons) {
    for (const locale of LOCALES) {
      const said = deps.texts.say(locale, `checkout-${reason.replaceAll('_', '-')}`)
      assert.ok(said.length > 0 && said.length <= 255, `${locale} ${reason}`)
    }
  }
})
