import type { Message } from '#contract/api'
import { type WaitOptions, waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import type { Talker } from './bot-steps.ts'

/** Words that can be told apart, as many as asked for. */
export function drops(count: number): string {
  return Array.from({ length: count }, (_, index) => `капля${index + 1}`).join(' ')
}

/** What the bot asked of Telegram for one chat, seen from the outside. */
export function callsOf({ sandbox }: World, { id }: Talker) {
  const all = (method?: string) =>
    sandbox.telegram.calls({ chatId: id, ...(method ? { method } : {}) }).map((call) => ({
      ...call,
      text: String(call.params.text ?? ''),
    }))
  return {
    all,
    drafts: () => all('sendMessageDraft'),
    sends: () => all('sendMessage'),
    edits: () => all('editMessageText'),
    deletions: () => all('deleteMessage'),
    typing: () => all('sendChatAction'),
    forget: () => sandbox.telegram.forgetCalls(),
  }
}

/** Waits until the growing draft has come to this word. */
export function grownTo({ sandbox }: World, { id }: Talker, word: string) {
  return waitFor(
    () => {
      const draft = sandbox.telegram.draft(id)
      return draft?.text.includes(word) ? draft : null
    },
    { what: `a draft with "${word}"` },
  )
}

/** The turn of a question that was written in the bot, once it is taken in. */
export async function turnOf({ app }: Talker, question: string): Promise<string> {
  const asked = await waitFor(
    async () => (await app.history()).find(({ role, text }) => role === 'user' && text === question)?.turn,
    { what: `the turn of "${question}"` },
  )
  return asked.id
}

/** How the turn of this question ended. */
export async function endOf(
  talker: Talker,
  question: string,
  wait: WaitOptions = {},
): Promise<{ state: string; answer: Message | undefined }> {
  const turnId = await turnOf(talker, question)
  return waitFor(
    async () => {
      const history = await talker.app.history()
      const state = history.find(({ role, turn }) => role === 'user' && turn?.id === turnId)?.turn?.state ?? ''
      const answer = history.find(({ role, turn }) => role === 'assistant' && turn?.id === turnId)
      // Lines are read before their turns: the answer may come into being in between.
      const over = state === 'done' ? answer !== undefined : ['failed', 'cancelled'].includes(state)
      return over ? { state, answer } : null
    },
    { what: `the end of "${question}"`, ...wait },
  )
}
