import type { ReplyRequest } from './language-model.ts'
import type { ModelBudget, TokenUse } from './model-budget.ts'
import type { ModelFailure } from './model-failure.ts'
import { tokensAtMost } from './tokens.ts'

/** What roles and separators of one message take. */
const FRAME_TOKENS = 8

/** Counts what one call takes and sees to it that it is set aside before. */
export interface Meter {
  /** What the provider itself says it took; it knows best. */
  told(use: TokenUse): void
  /** Written, whether it is shown or only thought. */
  wrote(text: string): void
  /** False: there is no room for more, and the answer is to end here. */
  covered(): boolean | Promise<boolean>
  /** Ends the count and gives what the call took; null when it has ended before. */
  close(failure?: ModelFailure): Promise<TokenUse | null>
}

/** Null when there is no room for this call. */
export async function openMeter(budget: ModelBudget, request: Omit<ReplyRequest, 'signal'>): Promise<Meter | null> {
  const input = inputOf(request)
  const hold = await budget.hold({ input, output: request.maxOutputTokens })
  if (!hold) return null
  let held = request.maxOutputTokens
  let output = 0
  let exact: TokenUse | null = null
  let open = true

  async function extend(): Promise<boolean> {
    const more = output - held + request.maxOutputTokens
    if (!(await hold?.extend(more))) return false
    held += more
    return true
  }

  return {
    told(use) {
      exact = use
    },
    wrote(text) {
      output += tokensAtMost(text)
    },
    covered: () => output <= held || extend(),
    async close(failure) {
      if (!open) return null
      open = false
      const use = exact ?? (failure && output === 0 && isFree(failure) ? { input: 0, output: 0 } : { input, output })
      await hold.settle(use)
      return use
    },
  }
}

function inputOf({ system, messages }: Pick<ReplyRequest, 'system' | 'messages'>): number {
  return messages.reduce(
    (sum, { text }) => sum + FRAME_TOKENS + tokensAtMost(text),
    FRAME_TOKENS + tokensAtMost(system),
  )
}

/** Nobody charges for a call that was turned away or did not come through. */
function isFree({ code }: ModelFailure): boolean {
  return code === 'model_unavailable' || code === 'model_rate_limited'
}
