import { addressHash, normaliseAddress, type ProvenIdentity, spendEmailCode, tryEmailCode } from '#domain/identity'
import { type AppContext, addressGroup, Problem } from '#edges/http'
import type { Executor } from '#platform/postgres'
import { cleanName } from './clean-name.ts'
import { noteFailedProof } from './failed-proof.ts'
import type { SignInDeps } from './sign-in-deps.ts'

/** What a code from a mail proves. */
export interface EmailProof {
  proof: ProvenIdentity
  /** Uses the code up. @throws Problem 401 `invalid_code` when another request was faster */
  spend(tx: Executor): Promise<void>
}

/**
 * Tries a code. The try is counted before it is made, so that many at once count too, and taken off again when it was
 * right.
 * @throws Problem 401 `invalid_code`, 422 for what is no address, 429 `rate_limited`
 */
export async function proveAddress(
  c: AppContext,
  deps: SignInDeps,
  given: { email: string; code: string },
): Promise<EmailProof> {
  const { vault } = deps
  const attempt = { vault, address: readAddress(given.email), code: given.code.replace(/[\s-]/g, '') }
  const client = addressGroup(c.var.clientAddress)
  const address = limitKey(deps, attempt.address)
  await deps.limits.take('wrongCodePerClient', client)
  await deps.limits.take('wrongCodePerAddressAndClient', `${address} ${client}`)
  await deps.limits.take('wrongCodePerAddress', address)
  if (!(await tryEmailCode(deps.db, attempt))) {
    await noteFailedProof(c, deps, { provider: 'email', code: 'invalid_code' })
    throw new Problem(401, 'invalid_code')
  }
  await deps.limits.giveBack('wrongCodePerClient', client)
  await deps.limits.giveBack('wrongCodePerAddressAndClient', `${address} ${client}`)
  await deps.limits.giveBack('wrongCodePerAddress', address)
  return {
    proof: {
      provider: 'email',
      externalId: attempt.address,
      channel: 'web',
      displayName: cleanName(attempt.address.slice(0, attempt.address.lastIndexOf('@'))),
      locale: c.var.locale,
    },
    async spend(tx) {
      if (!(await spendEmailCode(tx, attempt))) throw new Problem(401, 'invalid_code')
    },
  }
}

/** One written form for each mailbox. @throws Problem 422 `invalid_input` */
export function readAddress(email: string): string {
  const address = normaliseAddress(email)
  if (address === null) throw new Problem(422, 'invalid_input', { fields: { email: 'invalid_address' } })
  return address
}

/** What attempts at an address are counted under. */
export function limitKey({ vault }: Pick<SignInDeps, 'vault'>, address: string): string {
  return addressHash(vault, address).toString('base64url')
}
