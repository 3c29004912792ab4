import type { Locale } from '#contract/words'
import { isUnchanged } from '../classify-error.ts'
import { type BotDeps, tellOnce } from '../visit.ts'
import type { ButtonUpdate, Outcome } from './press.ts'

const EDIT_TIMEOUT_MS = 5_000

/** Lets the message become what there is to show; where it cannot be changed any more, that is owed as a new one. */
export async function turnInto(
  deps: BotDeps,
  { person, messageId, updateId }: ButtonUpdate,
  { view: notice }: Outcome,
  { userId, locale }: { userId: string; locale: Locale },
): Promise<void> {
  const address = person.id
  if (notice === null) return takeButtonsAway(deps, address, messageId)
  const view = await deps.views.show(notice, { userId, address, locale })
  if (!view) return
  const { text, entities, keyboard } = view
  if (messageId !== null) {
    const options = {
      entities,
      link_preview_options: { is_disabled: true },
      ...(keyboard ? { reply_markup: keyboard } : {}),
    }
    const edit = deps.api.editMessageText(address, messageId, text, options, within())
    const done = await edit.then(() => true, isUnchanged)
    if (done) return
  }
  await tellOnce(deps, { userId, address, key: `${updateId} shown` }, notice)
}

async function takeButtonsAway({ api, log }: BotDeps, address: string, messageId: number | null): Promise<void> {
  if (messageId === null) return
  try {
    await api.editMessageReplyMarkup(address, messageId, {}, within())
  } catch (error) {
    log.debug('telegram.courtesy_failed', { error })
  }
}

function within() {
  return AbortSignal.timeout(EDIT_TIMEOUT_MS) as never
}
