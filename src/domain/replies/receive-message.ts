import type { Credits, Message } from '#contract/api'
import { LANE_WAITING_MAX } from '#contract/limits'
import { messagePlace } from '#domain/conversations'
import { type KeyRing, LostKeyError, type ProvenIdentity } from '#domain/identity'
import { readRisks } from '#domain/safety'
import { reach } from '#platform/failpoints'
import { newId } from '#platform/ids'
import type { DataKey, Vault } from '#platform/vault'
import type { Accept } from './accept-in-groups.ts'
import type { AcceptItem, AcceptLimits, AcceptRow } from './accept-store.ts'
import { acceptedMessage } from './accepted-message.ts'
import type { Announce } from './announce.ts'
import { asideReason } from './aside/aside.ts'
import type { InboundMessage, Received } from './inbound-message.ts'
import { createSenderCache, type KnownSender, senderKey } from './known-senders.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { acceptWhenFree, BUSY_WAIT_MAX_MS } from './wait-while-busy.ts'

/** A bot says at most this often that credits are gone or that too much waits. */
const NOTICE_QUIET_SECONDS = 60
/** A first guess, the user's true key, and one more for a user that was merged or deleted in between. */
const TRIES_MAX = 4

export const ACCEPT_LIMITS: AcceptLimits = { laneMax: LANE_WAITING_MAX, noticeQuietSeconds: NOTICE_QUIET_SECONDS }

export interface ReceiveDeps {
  accept: Accept
  vault: Vault
  keys: KeyRing
  announce: Announce
  /** Granted to a messenger identity that writes for the first time ever. */
  welcome: Credits
}

export type ReceiveMessage = (inbound: InboundMessage) => Promise<Received>

/**
 * Takes in one message: when it resolves, the message, its hold, its turn and its receipt are committed together, or
 * nothing is. Messages of one sender are taken in the order in which they come. Throws only when the database is away
 * or the user busy for too long (`isUnavailable`); the caller then lets its sender repeat.
 */
export function createReceiver(deps: ReceiveDeps): ReceiveMessage {
  const senders = createSenderCache()
  deps.keys.onForgotten(senders.forgetUsers)
  const inTurn = createOneAtATime()
  return (inbound) => {
    const giveUpAtMs = performance.now() + BUSY_WAIT_MAX_MS
    return inTurn(senderKey(inbound.sender), () => receive(inbound, giveUpAtMs))
  }

  async function receive(inbound: InboundMessage, giveUpAtMs: number): Promise<Received> {
    const messageId = newId()
    const turnId = newId()
    for (let round = 1; round <= TRIES_MAX; round += 1) {
      const sender = await resolveSender(inbound)
      const item = toItem(deps, inbound, sender, { messageId, turnId })
      await reach('message.received', senderKey(inbound.sender))
      const row = await acceptWhenFree(deps.accept, item, giveUpAtMs)
      if (mustTryAgain(inbound, row)) continue
      if ('identity' in inbound.sender) senders.remember(inbound.sender.identity, row.user_id)
      await reach('message.accepted', senderKey(inbound.sender))
      const message = acceptedMessage(inbound, row)
      deps.announce.received(row, message)
      return toReceived(row, message)
    }
    throw new Error('the user of a message changed again and again')
  }

  async function resolveSender({ sender }: InboundMessage): Promise<KnownSender> {
    if ('userId' in sender) {
      // Without a key nothing is written whatever it is sealed with: the database says that this user is gone.
      const key = (await keyOf(deps, sender.userId)) ?? deps.vault.newDataKey()
      return { userId: sender.userId, key, proposal: null }
    }
    const userId = senders.find(sender.identity)
    const key = userId && (await keyOf(deps, userId))
    if (key) return { userId: null, key, proposal: null }
    const proposed = deps.vault.newDataKey()
    return { userId: null, key: proposed, proposal: { userId: newId(), wrappedKey: proposed.wrapped } }
  }

  /** A guess about the sender was wrong; now the right one is known. */
  function mustTryAgain({ sender }: InboundMessage, row: AcceptRow): boolean {
    if (row.outcome === 'key_required' && row.wrapped_key) {
      deps.keys.remember(row.user_id, row.key_id, row.wrapped_key)
      if ('identity' in sender) senders.remember(sender.identity, row.user_id)
      return true
    }
    if (row.outcome !== 'user_gone' || !('identity' in sender)) return false
    senders.forget(sender.identity)
    return true
  }
}

/** Null for a user who was forgotten: whoever writes from there is a new one. */
async function keyOf({ keys }: ReceiveDeps, userId: string): Promise<DataKey | null> {
  try {
    return (await keys.current(userId)).key
  } catch (error) {
    if (error instanceof LostKeyError) return null
    throw error
  }
}

function toItem(
  { vault, welcome }: ReceiveDeps,
  inbound: InboundMessage,
  { userId, key, proposal }: KnownSender,
  { messageId, turnId }: { messageId: string; turnId: string },
): AcceptItem {
  const identity: ProvenIdentity | null = 'identity' in inbound.sender ? inbound.sender.identity : null
  return {
    source: inbound.source,
    key: inbound.key,
    // Bound to the key and not to the user, so that it still fits when the user has become another one.
    bodyHmac: vault.hmac('message body', `${inbound.source}\0${inbound.key}\0${inbound.text}`),
    userId,
    provider: identity?.provider ?? null,
    externalId: identity?.externalId ?? null,
    newUserId: proposal?.userId ?? null,
    keyId: key.id,
    wrappedKey: proposal?.wrappedKey ?? null,
    messageId,
    turnId,
    sealedText: vault.seal(key, messagePlace(messageId), inbound.text),
    channel: inbound.channel,
    interface: inbound.interface,
    contentType: inbound.contentType,
    address: inbound.address,
    sentAt: inbound.sentAt,
    locale: identity?.locale ?? null,
    displayName: identity?.displayName ?? null,
    username: identity?.username ?? null,
    // Only who may be new gets welcome credits.
    identityHash: identity && proposal ? vault.hmac('welcome', `${identity.provider}:${identity.externalId}`) : null,
    welcome,
    aside: inbound.contentType === 'text' ? asideReason(readRisks(inbound.text)) : null,
  }
}

function toReceived(row: AcceptRow, message: Message | null): Received {
  return {
    outcome: row.outcome as Received['outcome'],
    code: row.code,
    userId: row.user_id,
    messageId: row.message_id,
    turnId: row.turn_id,
    message,
  }
}
