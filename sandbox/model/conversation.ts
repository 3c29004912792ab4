import type { Locale } from '#contract/words'
import { readRemembered } from './remembered.ts'

/** One line of a chat request, its content parts already joined. */
export type ChatMessage = { role: string; content: string }

export type VoiceName = 'arina' | 'cassandra' | 'friend'

/** What the demonstration model understands of a request. */
export type Conversation = {
  voice: VoiceName
  language: Locale
  question: string
  /** What the person said before the question, oldest first. */
  earlier: readonly string[]
  /** What the system prompt says is remembered of the person. */
  remembered: readonly string[]
  /** Everything already answered, so that a line is not said twice. */
  answered: string
  /** No answer yet in this conversation; an opening line before the person's first words does not count. */
  first: boolean
  seed: string
}

const ENOUGH_LETTERS = 4

/** Reads persona, language, question and memory out of the messages of a chat request. */
export function readConversation(messages: readonly ChatMessage[]): Conversation {
  const system = join(messages.filter(({ role }) => role === 'system' || role === 'developer'))
  const talk = messages.filter(({ role }) => role === 'user' || role === 'assistant')
  const lastUser = talk.findLastIndex(({ role }) => role === 'user')
  const before = talk.slice(0, Math.max(lastUser, 0))
  const firstUser = talk.findIndex(({ role }) => role === 'user')
  const question = talk[lastUser]?.content ?? ''
  const earlier = before.filter(({ role }) => role === 'user').map(({ content }) => content)
  const answers = before.filter(({ role }) => role === 'assistant')
  return {
    voice: readVoice(system),
    language: readLanguage(question, [...earlier, question].join('\n'), [join(answers), system]),
    question,
    earlier,
    remembered: readRemembered(system),
    answered: join(answers),
    first: !before.slice(Math.max(firstUser, 0)).some(({ role }) => role === 'assistant'),
    seed: JSON.stringify(talk.map(({ role, content }) => [role, content])),
  }
}

function join(messages: readonly ChatMessage[]): string {
  return messages.map(({ content }) => content).join('\n')
}

/** The persona is the one of whom the system prompt speaks first. */
function readVoice(system: string): VoiceName {
  const arina = system.search(/Арин|Arina/i)
  const cassandra = system.search(/Кассандр|Cassandra/i)
  if (arina < 0 && cassandra < 0) return 'friend'
  return cassandra < 0 || (arina >= 0 && arina < cassandra) ? 'arina' : 'cassandra'
}

/** An "ok" in a Russian talk does not turn it English: a short question is read together with what came before. */
export function readLanguage(question: string, spoken: string, others: readonly string[]): Locale {
  for (const [text, enough] of [
    [question, ENOUGH_LETTERS],
    [spoken, 1],
    ...others.map((text) => [text, 1] as const),
  ] as const) {
    const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
    const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
    if (cyrillic + latin >= enough) return cyrillic * 2 >= latin ? 'ru' : 'en'
  }
  return 'ru'
}
