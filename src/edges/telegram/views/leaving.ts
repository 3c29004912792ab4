import { readUser } from '#domain/identity'
import { erasureOf } from '#domain/leaving'
import { whenInWords } from '#domain/proactive'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** Where the page about one's own data is. */
const PAGE = '/settings/data'

/** That one's data is fetched where one is signed in: a chat is no place for all of it. */
export const showExport: ShowView = async (deps, at) =>
  viewOf(
    deps,
    at,
    [bold(label(deps, at, 'data')), '\n\n', say(deps, at, 'export')],
    [[{ text: label(deps, at, 'data-open'), opens: PAGE }], [backTo(deps, at, 'main')]],
  )

/** What goes, what stays and why; once it was asked for, until when there is a way back, and that way. */
export const showDelete: ShowView = async (deps, at) => {
  const [user, erasure] = await Promise.all([readUser(deps.db, at.userId), erasureOf(deps.db, at.userId)])
  if (!user) return null
  if (!erasure) {
    return viewOf(
      deps,
      at,
      [bold(say(deps, at, 'delete-title')), '\n\n', say(deps, at, 'delete')],
      [[{ text: label(deps, at, 'delete-yes'), verb: 'leave' }], [backTo(deps, at, 'main')]],
    )
  }
  const when = whenInWords(deps.texts, new Date(erasure.dueAt), { locale: at.locale, zone: user.timezone })
  return viewOf(
    deps,
    at,
    [bold(say(deps, at, 'deleting-title', { when })), '\n\n', say(deps, at, 'deleting')],
    [[{ text: label(deps, at, 'delete-no'), verb: 'stay' }]],
  )
}
