import type { History, HistoryMessage } from '#domain/conversations'
import { refundTurn } from '#domain/credits'
import type { AfterCommit, Content, Delivery, SendOutcome } from '#domain/delivery'
import { liveUserId, readUser, setReachability } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { Announce } from './announce.ts'
import { markRefunded } from './refund-store.ts'
import { findTurn } from './turn-store.ts'

/** Reads what a delivery carries: its piece of the message, or its notice in the reader's language. */
export function contentReader({ db, history }: { db: Executor; history: History }) {
  return async (delivery: Delivery): Promise<Content | null> => {
    if (delivery.notice) {
      const user = await readUser(db, delivery.userId)
      return user && { kind: 'notice', notice: delivery.notice, locale: user.locale, userId: user.id }
    }
    const message = delivery.messageId && (await findLine(delivery.userId, delivery.messageId))
    if (!message) return null
    const part = { start: delivery.partStart, end: delivery.partEnd ?? message.text.length }
    return { kind: 'text', text: message.text, part, replaces: delivery.replaces, buttons: delivery.buttons }
  }

  /** A line is looked for once more under the name that its user lives on under. */
  async function findLine(userId: string, id: string): Promise<HistoryMessage | null> {
    const line = await history.find(db, userId, id)
    const livingId = line ? userId : await liveUserId(db, userId)
    return livingId && livingId !== userId ? history.find(db, livingId, id) : line
  }
}

/**
 * What a delivery's outcome changes besides its row: who blocked us is unreachable until they write again, and a
 * reply that failed by our fault is paid back. Refused by the person's side it stays charged: the web shows it.
 */
export function deliverySettler(announce: Announce) {
  return async (tx: Executor, delivery: Delivery, outcome: SendOutcome, final: boolean): Promise<AfterCommit> => {
    if (outcome.kind === 'unreachable') {
      await setReachability(tx, delivery.channel, delivery.address, outcome.reachability)
      return () => {}
    }
    const lost = final && (outcome.kind === 'retry' || outcome.kind === 'refused')
    const turn = lost && delivery.turnId ? await findTurn(tx, delivery.userId, delivery.turnId) : null
    if (!turn || !(await markRefunded(tx, turn.id))) return () => {}
    await refundTurn(tx, turn)
    return () => announce.signal(turn.userId, { kind: 'credits.changed' })
  }
}
