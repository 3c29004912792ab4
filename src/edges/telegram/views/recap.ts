import { activeConversation, findConversation, type HistoryMessage } from '#domain/conversations'
import { readRecap } from '#domain/replies'
import { bold, type Piece } from './formatted.ts'
import { quoteLine } from './quote-line.ts'
import { talkOf } from './talk-of.ts'
import { type Looking, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** What was said elsewhere, quoted. `lines`: ids with spaces between them; `more`: how many there are besides. */
export const showRecap: ShowView = async (deps, at) => {
  const named = await readRecap(deps, at.userId, String(at.args.lines))
  // Begun anew since it was owed: what is put away is not told any more.
  const active = await activeConversation(deps.db, at.userId)
  const lines = named.filter(({ conversationId }) => conversationId === active?.id)
  if (lines.length === 0) return null
  const quotes = await Promise.all(lines.map((line) => quote(deps, at, line)))
  const count = Number(at.args.more) || 0
  const more = count > 0 ? ['\n\n', say(deps, at, 'recap-more', { count })] : []
  return viewOf(deps, at, [bold(say(deps, at, 'recap')), ...quotes.flat(), ...more])
}

async function quote(deps: ViewDeps, at: Looking, line: HistoryMessage): Promise<Piece[]> {
  const place = line.interface === 'browser' ? 'site' : 'app'
  const who = line.role === 'user' ? say(deps, at, 'recap-you') : await speakerOf(deps, at, line)
  return [`\n\n${say(deps, at, `recap-${place}`, { who })}\n`, { text: quoteLine(line.text), as: 'blockquote' }]
}

async function speakerOf(deps: ViewDeps, at: Looking, { conversationId }: HistoryMessage): Promise<string> {
  const conversation = conversationId && (await findConversation(deps.db, at.userId, conversationId))
  return conversation ? talkOf(deps, at, conversation).name : say(deps, at, 'recap-companion')
}
