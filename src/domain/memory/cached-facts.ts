import { createSealedCache, type KeyRing } from '#domain/identity'
import type { Cache } from '#platform/cache'
import type { Place, Vault } from '#platform/vault'
import type { Fact, SealedFact } from './fact.ts'

/** Who says nothing for so long is opened from the database again. */
const CACHED_MS = 900_000
/** Where initialization vector and tag of a sealed text stand: another text, or the same sealed again, has others. */
const SEAL_START = 17
const SEAL_END = 45
/** Another way of writing it down gets another number. */
const FORM = 'opened facts 1'

type OpenAll = (sealed: readonly SealedFact[]) => Promise<Fact[]>
type Written = [id: string, seal: string, text: string]

export interface CachingOpener {
  open(userId: string, conversationId: string, sealed: readonly SealedFact[]): Promise<string[]>
  /** Something of this user is not to be known any more. */
  forget(userId: string): Promise<void>
}

/**
 * Opens facts as `openAll` does; those that were opened for the same conversation before are taken from there if the
 * database has them sealed as they were. What is cached and not there any more goes with the next reading.
 */
export function cachingOpener(deps: { cache: Cache; vault: Vault; keys: KeyRing }, openAll: OpenAll): CachingOpener {
  const bundles = createSealedCache({ ...deps, purpose: 'opened facts', ttlMs: CACHED_MS })
  return { open, forget: bundles.forget }

  async function open(userId: string, conversationId: string, sealed: readonly SealedFact[]): Promise<string[]> {
    const place: Place = { table: FORM, id: `${userId}/${conversationId}` }
    const bytes = sealed.length > 0 ? await bundles.find(userId, place) : null
    const written = bytes ? (JSON.parse(bytes.toString('utf8')) as Written[]) : []
    const known = new Map(written.map(([id, seal, text]) => [`${id} ${seal}`, text]))
    const opened = await openAll(sealed.filter((fact) => !known.has(markOf(fact))))
    const texts = new Map(opened.map(({ id, text }) => [id, text]))
    const sound = sealed.flatMap((fact) => {
      const text = known.get(markOf(fact)) ?? texts.get(fact.id)
      return text === undefined ? [] : [{ fact, text }]
    })
    if (opened.length > 0 || written.length > sound.length) {
      const anew: Written[] = sound.map(({ fact, text }) => [fact.id, sealOf(fact), text])
      void bundles.put(userId, place, Buffer.from(JSON.stringify(anew))).catch(() => {})
    }
    return sound.map(({ text }) => text)
  }
}

function markOf(fact: SealedFact): string {
  return `${fact.id} ${sealOf(fact)}`
}

function sealOf({ sealedText }: SealedFact): string {
  return sealedText.toString('base64', SEAL_START, SEAL_END)
}
