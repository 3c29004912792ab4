import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import type { Reachability } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { ProvenIdentity } from './proven-identity.ts'

export interface EstablishedRow {
  user_id: string
  key_id: string
  wrapped_key: Buffer
  created: boolean
}

export interface EstablishProposal {
  proof: ProvenIdentity
  reachability: Reachability | null
  userId: string
  keyId: string
  wrappedKey: Buffer
  identityHash: Buffer
  welcome: Credits
}

/** `establish_user` is the function that the hot path of accepting a message uses too (replies/accept.sql). */
export async function establishUser(executor: Executor, proposal: EstablishProposal): Promise<EstablishedRow> {
  const { proof, welcome } = proposal
  const { rows } = await sql<EstablishedRow>`
    SELECT user_id, key_id, wrapped_key, created FROM establish_user(
      ${proof.provider}::text, ${proof.externalId}::text, ${proof.channel}::text, ${proposal.reachability}::text,
      ${proposal.userId}::uuid, ${proposal.keyId}::uuid, ${proposal.wrappedKey}::bytea, ${proof.locale}::text,
      ${proof.displayName}::text, ${proof.username ?? null}::text, ${proposal.identityHash}::bytea,
      ${welcome.basic}::integer, ${welcome.pro}::integer, ${welcome.cassandra}::integer)`.execute(executor)
  const row = rows[0]
  if (!row) throw new Error('establish_user returned no row')
  return row
}
