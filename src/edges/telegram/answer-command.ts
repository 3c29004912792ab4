import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { offerLink } from './offer-link.ts'
import { type BotDeps, say, type Visit } from './visit.ts'

/** Answers a command by owing the chat a notice. Payloads of /start are never proof of anything. */
export async function answerCommand(deps: BotDeps, at: Visit, command: { name: string }): Promise<void> {
  switch (command.name) {
    case 'start':
      return greet(at)
    case 'link':
      return offerLink(deps, at)
    case 'help':
      return say(at, 'help')
    case 'credits': {
      const { available } = await balanceOf(at.tx, at.userId)
      return say(at, 'credits', { ...available })
    }
    default:
      return say(at, 'unknown_command')
  }
}

/** Where the person stands: 18+ first, then a companion, then the talk. */
export async function greet(at: Visit): Promise<void> {
  if (!at.adult) return say(at, 'adult_required')
  const conversation = await activeConversation(at.tx, at.userId)
  return say(at, conversation ? 'welcome_back' : 'no_conversation')
}
