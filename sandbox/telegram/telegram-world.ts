import { type ChatMessage, type Draft, visibleAction, visibleDraft } from './chat.ts'
import { addPerson } from './deeds/add-person.ts'
import * as reach from './deeds/change-reach.ts'
import { payInvoice } from './deeds/pay-invoice.ts'
import { type ButtonChoice, pressButton } from './deeds/press-button.ts'
import { refundCharge } from './deeds/refund-charge.ts'
import { changeSubscription, renewSubscription, type SubscriptionState } from './deeds/renew-subscription.ts'
import * as speech from './deeds/speak.ts'
import { stopDraft } from './deeds/stop-draft.ts'
import { type InitDataOptions, writeInitData } from './init-data.ts'
import type { Person } from './person.ts'
import type { UpdateBody } from './shapes.ts'
import { waitFor } from './wait-for.ts'
import { type WidgetOptions, writeWidget } from './widget.ts'
import { chatOf, type World } from './world.ts'

export type TelegramWorld = ReturnType<typeof createTelegramWorld>

/** Everything a test or a page may do with this Telegram, and all it may look at. Person ids are Telegram ids. */
export function createTelegramWorld(world: World) {
  return {
    bot: world.bot,
    signals: world.signals,
    ...peoplesDeeds(world),
    ...sights(world),
    ...money(world),
    ...controls(world),
    ...proofs(world),
    /** Resolves with the first value of `look` that is not empty; fails after `timeoutMs` (default 5 s), naming `what`. */
    waitFor: <T>(look: () => T | null | undefined | false, what?: string, timeoutMs?: number) =>
      waitFor(world.signals, look, what, timeoutMs),
  }
}

/** What people do. */
function peoplesDeeds(world: World) {
  return {
    people: (): Person[] => [...world.chats.values()].map((chat) => chat.person),
    addPerson: (person?: Partial<Person>) => addPerson(world, person),

    sendText: (personId: number, text: string, replyTo?: number) => speech.sendText(world, personId, text, replyTo),
    sendVoice: (personId: number, voice?: { seconds?: number }) => speech.sendVoice(world, personId, voice),
    sendPhoto: (personId: number, photo?: { bytes?: Uint8Array; caption?: string }) =>
      speech.sendPhoto(world, personId, photo),
    sendSticker: (personId: number, emoji?: string) => speech.sendSticker(world, personId, emoji),
    sendOther: (personId: number, content: speech.OtherContent) => speech.sendOther(world, personId, content),
    editText: (personId: number, messageId: number, text: string) => speech.editText(world, personId, messageId, text),
    press: (personId: number, messageId: number, choice: ButtonChoice) =>
      pressButton(world, personId, messageId, choice),
    callbackAnswer: (queryId: string) => world.callbacks.find(queryId)?.answer ?? null,
    stopDraft: (personId: number) => stopDraft(world, personId),

    block: (personId: number) => reach.setBlocked(world, personId, true),
    unblock: (personId: number) => reach.setBlocked(world, personId, false),
    deactivate: (personId: number) => reach.setDeactivated(world, personId, true),
    reactivate: (personId: number) => reach.setDeactivated(world, personId, false),
    grantWriteAccess: (personId: number) => reach.grantWriteAccess(world, personId),
  }
}

/** What can be seen of the chats and of the bot's calls. */
function sights(world: World) {
  return {
    /** The ground truth: all that took effect in this chat, deleted ones marked, in order. */
    messages: (personId: number): ChatMessage[] => chatOf(world, personId).messages,
    /** The same without what was deleted and without the person's own: what the bot has to show for itself. */
    replies: (personId: number): ChatMessage[] =>
      chatOf(world, personId).messages.filter((each) => each.author === 'bot' && !each.deleted),
    draft: (personId: number): Draft | null => visibleDraft(chatOf(world, personId), world.now()),
    action: (personId: number): string | null => visibleAction(chatOf(world, personId), world.now()),
    reach: (personId: number) => {
      const { started, blocked, deactivated } = chatOf(world, personId)
      return { started, blocked, deactivated }
    },
    commandsFor: (personId: number) => world.settings.commandsFor(chatOf(world, personId).person),
    descriptionFor: (personId: number) => world.settings.descriptionFor(chatOf(world, personId).person),
    menuButtonFor: (personId: number) => world.settings.menuButtonFor(personId),
    calls: world.calls.list,
    forgetCalls: world.calls.clear,
  }
}

function money(world: World) {
  return {
    invoice: world.payments.findInvoice,
    invoiceOfMessage: (messageId: number) => world.payments.findInvoice(world.payments.ofMessage.get(messageId) ?? ''),
    charges: () => [...world.payments.charges.values()],
    pay: (personId: number, slugOrLink: string) => payInvoice(world, personId, slugOrLink),
    refund: (chargeId: string) => refundCharge(world, chargeId),
    renew: (chargeId: string) => renewSubscription(world, chargeId),
    changeSubscription: (chargeId: string, state: SubscriptionState) => changeSubscription(world, chargeId, state),
  }
}

/** What makes this Telegram misbehave, and the way of updates. */
function controls(world: World) {
  return {
    faults: world.faults,
    clearBuckets: world.buckets.clear,
    pendingUpdates: () => world.updates.pending(),
    duplicateNext: world.updates.duplicateNext,
    reorderNext: world.updates.reorderNext,
    loseNext: world.updates.loseNext,
    /** Any update, even one Telegram would never send here, with the next update_id. */
    pushUpdate: (body: Record<string, unknown>, chatId: number) => world.updates.push(body as UpdateBody, chatId),
    file: world.files.get,
  }
}

/** Proofs of who somebody is, as Telegram signs them. */
function proofs(world: World) {
  const keys = { token: world.token, botId: world.bot.id, signingKey: world.signingKey }
  return {
    initData: (personId: number, options: InitDataOptions = {}) =>
      writeInitData(chatOf(world, personId).person, options, keys, world.nowSeconds()),
    widget: (personId: number, options: WidgetOptions = {}) =>
      writeWidget(chatOf(world, personId).person, options, world.token, world.nowSeconds()),
  }
}
