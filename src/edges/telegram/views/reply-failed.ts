import { label, type ShowView, say, viewOf } from './view.ts'

/** Why there was no answer, where it has a sentence of its own. */
const REASONS: Partial<Record<string, string>> = {
  service_resting: 'service-resting',
  daily_replies: 'daily-replies',
}

/** An answer did not work out, for the reason `code`; `turnId` is what to ask again. */
export const showReplyFailed: ShowView = async (deps, at) =>
  viewOf(
    deps,
    at,
    [say(deps, at, REASONS[String(at.args.code)] ?? 'reply-failed')],
    [[{ text: label(deps, at, 'retry'), verb: 'retry', argument: String(at.args.turnId) }]],
  )
