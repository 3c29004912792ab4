import { LINK_CODE_LENGTH } from '#contract/limits'
import { findIdentity, setReachability } from '#domain/identity'
import { type CodeOutcome, enterLinkCode, hasOpenCode } from '#domain/linking'
import { receiveOnce } from '#domain/replies'
import type { InboundUpdate } from './inbound-update.ts'
import { type BotDeps, tell } from './visit.ts'

type TextUpdate = Extract<InboundUpdate, { kind: 'message' }>

/** People copy a code with the gaps it is shown with. */
const CODE = new RegExp(`^(?:\\d[\\s-]*){${LINK_CODE_LENGTH}}$`)
const GAPS = /[\s-]/g

/** The digits of a text that is nothing but a code, or null. */
export function readCode(text: string): string | null {
  const trimmed = text.trim()
  return CODE.test(trimmed) ? trimmed.replace(GAPS, '') : null
}

/**
 * Tries a text as the code that the page showed, if it looks like one and this chat is asked for one. False when it is
 * a message like any other. The user is not locked here: joining two users locks both, in an order of its own.
 */
export async function enterCode(deps: BotDeps, update: TextUpdate): Promise<boolean> {
  const code = readCode(update.text)
  if (code === null) return false
  const { person, updateId } = update
  const identity = await findIdentity(deps.db, 'telegram', person.id)
  if (!identity || !(await hasOpenCode(deps.db, identity.userId))) return false
  await setReachability(deps.db, 'telegram', person.id, 'reachable')
  const outcome = await enterLinkCode(deps.linking, {
    userId: identity.userId,
    code,
    // The same receipt as a message's: if this comes again when no code is awaited any more, it is known.
    once: (tx, userId) => receiveOnce(tx, { userId, source: deps.source, key: String(updateId) }),
  })
  if (outcome.kind === 'linked') await deps.tellLinked(outcome.merged)
  const notice = answerTo(outcome)
  if (notice) await tell(deps, { userId: identity.userId, address: person.id }, notice)
  return outcome.kind !== 'none'
}

function answerTo(outcome: CodeOutcome) {
  switch (outcome.kind) {
    case 'wrong':
      return { key: 'link_code_wrong', args: { triesLeft: outcome.triesLeft } }
    case 'voided':
      return { key: 'link_code_voided' }
    case 'expired':
      return { key: 'link_code_expired' }
    case 'refused':
      return { key: outcome.code === 'telegram_already_linked' ? 'link_refused_telegram' : 'link_refused_web' }
    default:
      return null
  }
}
