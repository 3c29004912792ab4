import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'

export async function replaceCode(
  executor: Executor,
  code: { addressHash: Buffer; codeHash: Buffer; lifetimeSeconds: number },
): Promise<void> {
  await sql`
    INSERT INTO email_codes (address_hash, code_hash, expires_at)
    VALUES (${code.addressHash}, ${code.codeHash}, now() + make_interval(secs => ${code.lifetimeSeconds}))
    ON CONFLICT (address_hash) DO UPDATE
    SET code_hash = excluded.code_hash, tries = 0, created_at = now(), expires_at = excluded.expires_at`.execute(
    executor,
  )
}

/** The hash to compare with, one try taken off; undefined when there is no code or no try left. */
export async function takeTry(executor: Executor, addressHash: Buffer, triesMax: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ code_hash: Buffer }>`
    UPDATE email_codes SET tries = tries + 1
    WHERE address_hash = ${addressHash} AND tries < ${triesMax} AND expires_at > now()
    RETURNING code_hash`.execute(executor)
  return rows[0]?.code_hash
}

export async function deleteCode(executor: Executor, addressHash: Buffer, codeHash: Buffer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    DELETE FROM email_codes WHERE address_hash = ${addressHash} AND code_hash = ${codeHash}`.execute(executor)
  return numAffectedRows === 1n
}

export async function deleteCodes(executor: Executor, addressHashes: readonly Buffer[]): Promise<void> {
  await sql`DELETE FROM email_codes WHERE address_hash = ANY(${[...addressHashes]}::bytea[])`.execute(executor)
}

export async function deleteExpiredCodes(executor: Executor): Promise<void> {
  await sweep(
    executor,
    (limit) => sql`
      DELETE FROM email_codes WHERE address_hash = ANY(ARRAY(
        SELECT address_hash FROM email_codes WHERE expires_at < now() LIMIT ${limit})) AND expires_at < now()`,
  )
}
