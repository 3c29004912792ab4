import { activeConversation } from '#domain/conversations'
import { hastenDigest } from '#domain/memory'
import { oweRecap } from '#domain/replies'
import { COMMANDS } from './commands.ts'
import type { InboundUpdate } from './inbound-update.ts'
import { openSupport } from './money/ask-support.ts'
import { offerLink } from './offer-link.ts'
import { remind } from './remind.ts'
import { reportLine } from './report-line.ts'
import { type BotDeps, isOwedEnough, say, type Visit, visit } from './visit.ts'

type CommandUpdate = Extract<InboundUpdate, { kind: 'command' }>
type Answer = (deps: BotDeps, at: Visit, update: CommandUpdate) => Promise<unknown>

const ANSWERS: Readonly<Record<(typeof COMMANDS)[number], Answer>> = {
  // Payloads of /start are never proof of anything.
  start: (deps, at) => meet(deps, at, 'main'),
  chat: (deps, at) => meet(deps, at, 'chat'),
  subscribe: (_deps, at) => say(at, 'subscription'),
  settings: (_deps, at) => say(at, 'settings'),
  remind,
  memory: openMemory,
  credits: (_deps, at) => say(at, 'credits'),
  link: offerLink,
  report: reportLine,
  paysupport: openSupport,
  export: (_deps, at) => say(at, 'export'),
  delete: (_deps, at) => say(at, 'delete'),
  terms: (_deps, at) => say(at, 'terms'),
  privacy: (_deps, at) => say(at, 'privacy'),
  help: (_deps, at) => say(at, 'help'),
}

/** Answers a command by owing the chat a notice. */
export async function answerCommand(deps: BotDeps, update: CommandUpdate): Promise<void> {
  const known = COMMANDS.find((command) => command === update.name)
  // Whoever goes on to something else is not asking any more.
  if (known !== 'paysupport') deps.questions.forget(update.person.id)
  let userId = ''
  await visit(deps, update, async (at) => {
    userId = at.userId
    if (await isOwedEnough(at)) return
    if (known) await ANSWERS[known](deps, at, update)
    else await say(at, 'unknown_command')
  })
  if (known === 'memory') deps.announce.wakeMemories()
  if (known === 'remind' && userId !== '') deps.announce.event(userId, { name: 'reminders', data: {} })
}

/** The first words after somebody talked elsewhere tell what was said there. */
async function meet({ settle }: BotDeps, at: Visit, view: string): Promise<void> {
  await oweRecap(settle, at.tx, { userId: at.userId, address: at.address, beforeSeq: null })
  await say(at, view)
}

/** Whoever looks wants to see what was said a minute ago, too: it is read now, and there at the next look. */
async function openMemory(_deps: BotDeps, at: Visit): Promise<void> {
  const active = await activeConversation(at.tx, at.userId)
  if (active) await hastenDigest(at.tx, at.userId, active.id)
  await say(at, 'memory')
}
