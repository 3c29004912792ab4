import type { GrowingReply } from '#domain/delivery'
import { readRisks } from '#domain/safety'
import { reach } from '#platform/failpoints'
import { type Aside, REFUSED } from './aside/aside.ts'
import { asideText, type Listener } from './aside/aside-text.ts'
import { speakTrue } from './guard/speak-true.ts'
import { stripCanary } from './guard/strip-canary.ts'
import type { LiveReply } from './live-replies.ts'
import { REPLY_TOKENS_MAX } from './prompt/assemble-prompt.ts'
import { type Prepared, preparePrompt } from './prompt/prepare-prompt.ts'
import type { Turn } from './turn.ts'
import { readLeasedTurn } from './turn-store.ts'
import type { WriteReplyDeps } from './write-reply.ts'

/** A growing reply is read again after so much more of it, in UTF-16 units. */
const READ_EVERY = 240
/** And so far back, which is several sentences; in the end all of it is read. */
const READ_BACK = 480

/** How a turn is answered. `aside`: by the product itself. */
export interface Answer {
  text: string
  aside: Aside | null
  /** Why there is no answer. */
  failure: string | null
}

/** Where an answer is shown while it grows. */
interface Shown {
  reply: LiveReply
  growing: GrowingReply | null
}

/** Whoever has had a day's worth of replies is still told where help is. */
type Asking = Shown & { isDayOver: boolean }

type Asked = Extract<Prepared, { prompt: unknown }>

/**
 * Answers a question, by the companion or in its place, and fills the live reply with what is said. A reply that the
 * person stopped is no failure; nor is one that was taken back for what was in it.
 */
export async function answerTurn(deps: WriteReplyDeps, turn: Turn, shown: Asking, lease: AbortSignal): Promise<Answer> {
  try {
    const prepared = (await preparePrompt(deps, turn)) ?? (await prepareForPresentUser(deps, turn))
    if (!prepared) return failed('no_conversation')
    if ('aside' in prepared) return stepAside(deps, prepared.aside, prepared.listener)
    if (shown.isDayOver) return failed('daily_replies')
    const isFit = await stream(deps, turn, { shown, asked: prepared }, lease)
    return lease.aborted ? failed(null) : judge(deps, prepared, shown, isFit)
  } catch (error) {
    if (lease.aborted) return failed(null)
    const code = modelCode(error)
    if (!code) throw error
    deps.log.warn('reply.model_failed', { code })
    return failed(code)
  }
}

/** False when it was broken off for what was in it. */
async function stream(
  deps: WriteReplyDeps,
  turn: Turn,
  { shown: { reply, growing }, asked }: { shown: Shown; asked: Asked },
  lease: AbortSignal,
): Promise<boolean> {
  const { safeguard, model } = deps
  const canary = stripCanary(safeguard.canary, safeguard.caught)
  let readTo = 0
  try {
    const signal = AbortSignal.any([lease, reply.stopSignal])
    const deltas = model.streamReply({ ...asked.prompt, maxOutputTokens: REPLY_TOKENS_MAX, signal, onUse: reply.use })
    await reach('prompt.ready', turn.userId)
    for await (const delta of deltas) {
      const clean = canary.add(delta)
      if (clean !== '') reply.add(clean)
      const text = reply.text()
      if (text.length - readTo >= READ_EVERY) {
        readTo = text.length
        if (!isFit(text.slice(-READ_BACK))) return false
      }
      if (clean !== '') growing?.show(text)
      await reach('reply.growing', turn.userId)
    }
  } catch (error) {
    if (!reply.stopped()) throw error
  }
  const rest = canary.end()
  if (rest !== '') reply.add(rest)
  reply.hasten()
  return true
}

/** What the companion has said, as it may stand. */
function judge(
  { safeguard }: WriteReplyDeps,
  { listener, risks }: Asked,
  { reply, growing }: Shown,
  fitSoFar: boolean,
): Answer {
  const said = reply.text()
  if (!fitSoFar || !isFit(said)) {
    const refusal = stepAside({ safeguard }, REFUSED, listener)
    // Pages wait for the final message, which does not bear the companion's name.
    reply.replace('')
    growing?.show(refusal.text)
    return refusal
  }
  if (said.trim() === '') return reply.stopped() ? { text: '', aside: null, failure: null } : failed('model_empty')
  // Who stopped a reply wants no more of it.
  const asked = risks.has('asks_if_ai') && !reply.stopped()
  const text = speakTrue(safeguard.texts, said, { asked, locale: listener.locale })
  if (text !== said) {
    reply.replace(text)
    growing?.show(text)
  }
  return { text, aside: null, failure: null }
}

function isFit(reply: string): boolean {
  return !readRisks(reply).has('minor_sexual')
}

function stepAside({ safeguard }: Pick<WriteReplyDeps, 'safeguard'>, aside: Aside, listener: Listener): Answer {
  return { text: asideText(safeguard.texts, aside, listener), aside, failure: null }
}

function failed(failure: string | null): Answer {
  return { text: '', aside: null, failure }
}

/** The user may have been merged since the turn was read: its lines are elsewhere then. */
async function prepareForPresentUser(deps: WriteReplyDeps, turn: Turn): Promise<Prepared | null> {
  const present = await readLeasedTurn(deps.db, turn.id, turn.leaseToken)
  return present && present.userId !== turn.userId ? preparePrompt(deps, present) : null
}

function modelCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && (code.startsWith('model_') || code === 'service_resting') ? code : null
}
