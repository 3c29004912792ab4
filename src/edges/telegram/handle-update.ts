import { setReachability } from '#domain/identity'
import { answerCommand } from './answer-command.ts'
import { answerButton } from './buttons/answer-button.ts'
import { enterCode } from './enter-code.ts'
import { stopReply } from './growing/stop-reply.ts'
import type { InboundUpdate } from './inbound-update.ts'
import { answerCheckout } from './money/answer-checkout.ts'
import { askSupport } from './money/ask-support.ts'
import { bookMoney } from './money/book-money.ts'
import { type BotDeps, say, toIdentity, visit } from './visit.ts'

/** Settles one update; resolves only when everything it means is committed. Throws when the database is away. */
export async function handleUpdate(deps: BotDeps, update: InboundUpdate): Promise<void> {
  switch (update.kind) {
    case 'ignored':
      return
    case 'message':
      return receiveText(deps, update)
    case 'command':
      return answerCommand(deps, update)
    case 'edited':
      return visit(deps, update, (at) => say(at, 'edited_seen'))
    case 'button':
      return answerButton(deps, update)
    case 'membership':
      return visit(deps, update, async ({ tx, address }) => {
        await setReachability(tx, 'telegram', address, update.reachable ? 'reachable' : 'blocked')
      })
    case 'stopped':
      return stopReply(deps, update)
    case 'checkout':
      return answerCheckout(deps, update)
    case 'paid':
    case 'refunded':
    case 'subscription':
      return bookMoney(deps, update)
  }
}

async function receiveText(deps: BotDeps, update: Extract<InboundUpdate, { kind: 'message' }>): Promise<void> {
  if (await enterCode(deps, update)) return
  if (await askSupport(deps, update)) return
  const { person } = update
  const { outcome, userId } = await deps.receive({
    source: deps.source,
    key: String(update.updateId),
    sender: { identity: toIdentity(person) },
    channel: 'telegram',
    interface: 'bot',
    contentType: update.contentType,
    text: update.text,
    address: person.id,
    sentAt: update.sentAt,
  })
  if (outcome === 'duplicate') return
  deps.presence.seen(userId, 'bot')
  deps.announce.signal(userId, { kind: 'presence.changed' })
}
