import type { TelegramWorld } from '../telegram/index.ts'

const MESSAGES_DEFAULT = 200

/** One chat as the person sees it, with the truth beside it: deleted messages are marked, not left out. */
export function chatView(telegram: TelegramWorld, personId: number, query: Record<string, string>) {
  const after = Number(query.after ?? 0)
  const limit = Number(query.limit ?? MESSAGES_DEFAULT)
  const messages = telegram.messages(personId).filter((message) => message.order > after)
  const draft = telegram.draft(personId)
  return {
    messages: messages.slice(-limit),
    drafts: draft ? [draft] : [],
    action: telegram.action(personId),
    reach: telegram.reach(personId),
    commands: telegram.commandsFor(personId),
    description: telegram.descriptionFor(personId),
    menuButton: telegram.menuButtonFor(personId),
  }
}
