import { z } from 'zod'

const GAP_MAX = 12
const TEXT_MAX_LENGTH = 400
const PHRASES_MAX = 400
const SETS_MAX = 120
const SET_MAX_LENGTH = 4_000

const text = z.string().trim().min(1).max(TEXT_MAX_LENGTH)
const setName = z.string().regex(/^[a-z][a-zA-Z]*$/, 'must be the name of a set of words')

/** What else holds for a phrase. */
const manners = {
  /** How many places may lie between one word and the next; a comma counts as a word, the end of a sentence as three. */
  gap: z.int().min(0).max(GAP_MAX).optional(),
  /** Sets of which no word may stand in the phrase or near it. */
  without: z.array(setName).optional(),
  /** Sets of which no word may stand in the phrase or near it in the same clause. */
  notBeside: z.array(setName).optional(),
  /** Sets of which no word may stand right before the phrase. */
  notAfter: z.array(setName).optional(),
  /** Sets of which no word may stand right behind the phrase. */
  notBefore: z.array(setName).optional(),
  /** What comes next must be of this set, or nothing, or stand behind a comma. */
  next: setName.optional(),
  /** What comes before must be of this set, or nothing, or stand before a comma. */
  prior: setName.optional(),
  /** It counts only in a sentence with a question mark. */
  asked: z.literal(true).optional(),
}

const phraseSchema = z.union(
  [text, z.strictObject({ say: text, ...manners }), z.strictObject({ any: text, ...manners })],
  'must be a phrase, or { say: … } or { any: … } with gap, without, notBeside, notAfter, notBefore, next, prior, asked',
)

export const FOUND = [
  'self_harm',
  'violence',
  'minor_sexual',
  'minor_age',
  'explicit',
  'asks_if_ai',
  'claims_human',
] as const

/** What a phrase tells of the text in which it stands. */
export type Finding = (typeof FOUND)[number]

const perFinding = <Schema extends z.ZodType>(schema: Schema) => z.partialRecord(z.enum(FOUND), schema)

/** A file of phrases in one language: safety/README.md tells how it is written. */
export const phrasesSchema = z.strictObject({
  language: z.enum(['ru', 'en']),
  negations: z.string().min(1).max(SET_MAX_LENGTH),
  /** Words over which a negation reaches what follows them: `не собираюсь`, `not going to`. */
  carriers: z.string().min(1).max(SET_MAX_LENGTH),
  sets: z
    .record(setName, z.string().min(1).max(SET_MAX_LENGTH))
    .refine((sets) => Object.keys(sets).length <= SETS_MAX, `more than ${SETS_MAX} sets`),
  phrases: perFinding(z.array(phraseSchema).max(PHRASES_MAX)),
  /** Words that are found without spaces, too: in a hashtag, or spaced out letter by letter. */
  unspaced: perFinding(z.array(text).max(PHRASES_MAX)),
})

export type PhrasesFile = z.infer<typeof phrasesSchema>
export type Phrase = z.infer<typeof phraseSchema>
