import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Offer } from './offer.ts'
import { OffersFileError } from './offers-file-error.ts'

const OFFERS_MAX = 20
const ID_MAX_LENGTH = 40
/** Bot API createInvoiceLink: title 1-32 characters, description 1-255. */
const TITLE_MAX_LENGTH = 32
const DESCRIPTION_MAX_LENGTH = 255
/** The most that a subscription may cost (Bot API createInvoiceLink, subscription_period). */
const STARS_MAX = 10_000
const CREDITS_MAX = 100_000
/** Aliases let a small YAML file grow without end; offers need none. */
const YAML_ALIASES_MAX = 0

const words = (maxLength: number) => {
  const one = z.string().trim().min(1).max(maxLength)
  return z.strictObject({ ru: one, en: one })
}
const amount = z.int().min(1).max(CREDITS_MAX).optional()
const offerSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and hyphens')
    .max(ID_MAX_LENGTH),
  kind: z.enum(['pack', 'subscription']),
  title: words(TITLE_MAX_LENGTH),
  description: words(DESCRIPTION_MAX_LENGTH),
  stars: z.int().min(1).max(STARS_MAX),
  credits: z
    .strictObject({ basic: amount, pro: amount, cassandra: amount })
    .refine((credits) => Object.keys(credits).length > 0, 'must bring something'),
})
const fileSchema = z.strictObject({ offers: z.array(offerSchema).max(OFFERS_MAX) })

/** Reads what can be bought. @throws OffersFileError with the line that is wrong */
export async function loadOffers(path: string): Promise<Offer[]> {
  const file = basename(path)
  const source = await readFile(path, 'utf8').catch(() => {
    throw new OffersFileError(file, 1, 'the file cannot be read')
  })
  return parseOffers(source, file)
}

/** The same from a text. */
export function parseOffers(source: string, file: string): Offer[] {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, strict: true })
  const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document.contents, path)).line
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) throw new OffersFileError(file, lines.linePos(broken.pos[0]).line, `not valid YAML: ${broken.message}`)
  const parsed = fileSchema.safeParse(document.toJS({ maxAliasCount: YAML_ALIASES_MAX }))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path ?? []
    throw new OffersFileError(file, lineOf(path), `${path.map(String).join('.') || 'the file'}: ${issue?.message}`)
  }
  const offers = parsed.data.offers as Offer[]
  const ids = offers.map(({ id }) => id)
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at)
  if (twice >= 0) throw new OffersFileError(file, lineOf(['offers', twice, 'id']), `id "${ids[twice]}" is taken`)
  return offers
}

/** Walks down as far as the file goes: a missing field is blamed on the block that should hold it. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents
  let offset = startOf(node, 0)
  for (const step of path) {
    const key = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step)?.key : undefined
    const value = isMap(node) || isSeq(node) ? node.get(step, true) : undefined
    if (value === undefined) break
    offset = startOf(key ?? value, offset)
    node = value
  }
  return offset
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise
}
