import { z } from 'zod'
import { CREDIT_TYPES } from '#contract/words'
import type { Persona } from './persona.ts'

const ID_MAX_LENGTH = 32
const NAME_MAX_LENGTH = 40
const LINE_MAX_LENGTH = 160
const PARAGRAPH_MAX_LENGTH = 1000
const PROMPT_MAX_LENGTH = 12_000
const STORIES_MAX = 20
const FALLBACKS_MAX = 10
const OPENERS_MAX = 20
const REMEMBERED_PERSONAS_MAX = 20
const PRICE_MAX_CREDITS = 100

const id = z
  .string()
  .max(ID_MAX_LENGTH)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case Latin letters, digits and single hyphens')

const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'must be a colour such as "#C23A54" (in quotes)')

const story = z.strictObject({
  id,
  title: text(NAME_MAX_LENGTH),
  teaser: text(LINE_MAX_LENGTH),
  setting: text(PARAGRAPH_MAX_LENGTH),
  opening: text(PARAGRAPH_MAX_LENGTH),
})

const personaText = z.strictObject({
  name: text(NAME_MAX_LENGTH),
  withName: text(NAME_MAX_LENGTH).optional(),
  tagline: text(LINE_MAX_LENGTH),
  description: text(PARAGRAPH_MAX_LENGTH),
  prompt: text(PROMPT_MAX_LENGTH),
  fallbacks: z
    .array(text(LINE_MAX_LENGTH * 2))
    .min(1)
    .max(FALLBACKS_MAX),
  // Whoever wrote a persona before there were any need not know of them.
  openers: z
    .array(text(LINE_MAX_LENGTH * 2))
    .max(OPENERS_MAX)
    .default([]),
  stories: z.array(story).min(1).max(STORIES_MAX),
})

/** What a persona file must hold. Output keys follow this order, so that the content hash does not see the file's layout. */
export const personaSchema: z.ZodType<Persona> = z
  .strictObject({
    id,
    price: z.strictObject({
      type: z.enum(CREDIT_TYPES),
      amount: z.number().int('must be a whole number').min(1).max(PRICE_MAX_CREDITS),
    }),
    portrait: z.string().regex(/^[a-z0-9-]+\.svg$/, 'must be the name of an .svg file in portraits/'),
    accent: z.strictObject({ paper: colour, night: colour, ornament: colour.optional() }),
    remembers: z.array(id).max(REMEMBERED_PERSONAS_MAX).optional(),
    ru: personaText,
    en: personaText,
  })
  .superRefine(checkStories)

/** Trimmed text that jsonb can hold: no NUL, no lone surrogates. */
function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'holds a character that cannot be stored')
}

function checkStories(persona: Persona, context: z.RefinementCtx): void {
  for (const locale of ['ru', 'en'] as const) {
    const seen = new Set<string>()
    for (const [index, { id: storyId }] of persona[locale].stories.entries()) {
      const path = [locale, 'stories', index, 'id']
      if (seen.has(storyId)) context.addIssue({ code: 'custom', path, message: `"${storyId}" stands here twice` })
      seen.add(storyId)
      const other = locale === 'ru' ? 'en' : 'ru'
      if (!persona[other].stories.some((told) => told.id === storyId)) {
        context.addIssue({ code: 'custom', path, message: `"${storyId}" is not told in ${other}` })
      }
    }
  }
}
