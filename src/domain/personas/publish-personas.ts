import type { Transaction } from 'kysely'
import type { Database } from '#platform/postgres'
import type { PersonaFile } from './persona.ts'
import { addVersion, findVersion, lockPublishing, offerVersion, withdrawOthers } from './persona-store.ts'

/**
 * Makes the database offer exactly these personas. New content becomes a new version, known content (also an older one
 * that came back) does not; a persona without a file is marked withdrawn, its versions stay.
 * Safe to repeat, and safe when several processes start at once: they pass one after another.
 */
export async function publishPersonas(tx: Transaction<Database>, files: readonly PersonaFile[]): Promise<void> {
  await lockPublishing(tx)
  for (const { persona, contentHash } of files) {
    const published = (await findVersion(tx, persona.id, contentHash)) ?? (await addVersion(tx, persona, contentHash))
    await offerVersion(tx, persona, published.version)
  }
  await withdrawOthers(
    tx,
    files.map(({ persona }) => persona.id),
  )
}
