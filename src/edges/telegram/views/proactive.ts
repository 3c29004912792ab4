import { readProactive } from '#domain/identity'
import { backTo, ticked } from './back-to.ts'
import { bold } from './formatted.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** Whether the companion may write first. */
export const showProactive: ShowView = async (deps, at) => {
  const { enabled } = await readProactive(deps.db, at.userId)
  const choice = (argument: 'yes' | 'no') => ({
    text: ticked(label(deps, at, `first-${argument}`), enabled === (argument === 'yes')),
    verb: 'first' as const,
    argument,
  })
  return viewOf(
    deps,
    at,
    [bold(label(deps, at, 'proactive')), '\n\n', say(deps, at, 'proactive')],
    [[choice('yes'), choice('no')], [backTo(deps, at, 'settings')]],
  )
}
