import { label, type ShowView, say, viewOf } from './view.ts'

/** An answer did not work out; `turnId` is what to ask again. */
export const showReplyFailed: ShowView = async (deps, at) =>
  viewOf(
    deps,
    at,
    [say(deps, at, 'reply-failed')],
    [[{ text: label(deps, at, 'retry'), verb: 'retry', argument: String(at.args.turnId) }]],
  )
