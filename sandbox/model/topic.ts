/** What a message is about. The order is the order of asking: what must not be overlooked comes first. */
export const TOPICS = [
  'distress',
  'minor',
  'injection',
  'nature',
  'explicit',
  'insult',
  'myName',
  'memory',
  'tellName',
  'yourName',
  'loss',
  'health',
  'money',
  'breakup',
  'lonely',
  'anxious',
  'sad',
  'angry',
  'tired',
  'love',
  'birthday',
  'cards',
  'advice',
  'joke',
  'story',
  'dream',
  'sleep',
  'work',
  'study',
  'pets',
  'family',
  'friends',
  'tea',
  'food',
  'music',
  'film',
  'book',
  'travel',
  'sport',
  'weather',
  'home',
  'joy',
  'praise',
  'sorry',
  'thanks',
  'farewell',
  'doing',
  'where',
  'self',
  'mood',
  'greeting',
  'short',
] as const

export type Topic = (typeof TOPICS)[number]

/** How one voice speaks one language. Braces are filled in: {quote} {earlier} {theme} {name} {facts} {card} {meaning}. */
export type Lines = {
  /** Says plainly that this is a demonstration, in the first answer. */
  first: readonly string[]
  /** The same, asked directly. */
  nature: readonly string[]
  topics: Partial<Record<Topic, readonly string[]>>
  asks: Partial<Record<Topic, readonly string[]>>
  asksAny: readonly string[]
  /** Nothing recognised: said about a question, and about anything else. */
  aboutQuestion: readonly string[]
  aboutWords: readonly string[]
  recallQuote: readonly string[]
  recallTheme: readonly string[]
  recallName: readonly string[]
  /** Somebody asks what was said before. */
  remembers: readonly string[]
  /** The same, and the prompt has facts about the person. */
  remembersFacts: readonly string[]
  remembersNothing: readonly string[]
  knowsName: readonly string[]
  cards?: readonly Card[]
}

export type Card = { name: string; meanings: readonly string[] }
