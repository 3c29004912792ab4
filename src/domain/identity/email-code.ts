import { randomInt, timingSafeEqual } from 'node:crypto'
import { EMAIL_CODE_LENGTH } from '#contract/limits'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { deleteCode, deleteCodes, replaceCode, takeTry } from './email-code-store.ts'
import { addressHash } from './mail-address.ts'

const CODE_LIFETIME_SECONDS = 600
const TRIES_MAX = 5

export interface EmailCodeOptions {
  vault: Vault
  /** As `normaliseAddress` returns it. */
  address: string
}

/** Makes a new code for this address; an earlier one stops working. Does the same for known and unknown people. */
export async function issueEmailCode(executor: Executor, { vault, address }: EmailCodeOptions): Promise<string> {
  const code = randomInt(10 ** EMAIL_CODE_LENGTH)
    .toString()
    .padStart(EMAIL_CODE_LENGTH, '0')
  await replaceCode(executor, {
    addressHash: addressHash(vault, address),
    codeHash: codeHash(vault, address, code),
    lifetimeSeconds: CODE_LIFETIME_SECONDS,
  })
  return code
}

/**
 * Spends one of the five tries and says whether the code is right. The try must stay spent whatever happens next, so
 * this does not belong into a transaction that may be rolled back.
 */
export async function tryEmailCode(
  executor: Executor,
  { vault, address, code }: EmailCodeOptions & { code: string },
): Promise<boolean> {
  const expected = await takeTry(executor, addressHash(vault, address), TRIES_MAX)
  const given = codeHash(vault, address, code)
  const right = timingSafeEqual(given, expected ?? codeHash(vault, address, 'no code was issued'))
  return right && expected !== undefined
}

/** Consumes the code that `tryEmailCode` found right. False when another request was faster: a code works once. */
export async function spendEmailCode(
  tx: Executor,
  { vault, address, code }: EmailCodeOptions & { code: string },
): Promise<boolean> {
  return deleteCode(tx, addressHash(vault, address), codeHash(vault, address, code))
}

/** Codes under way for these addresses stop working: whoever asked for them asked about other circumstances. */
export async function voidEmailCodes(tx: Executor, vault: Vault, addresses: readonly string[]): Promise<void> {
  await deleteCodes(
    tx,
    addresses.map((address) => addressHash(vault, address)),
  )
}

function codeHash(vault: Vault, address: string, code: string): Buffer {
  return vault.hmac('mail code', `${address}\n${code}`)
}
