import { z } from 'zod'
import { SIGNING_ALGORITHMS } from './keys.ts'

/** What the next token call can get wrong: the id_token itself, or the whole answer. */
export const ID_TOKEN_FAULTS = [
  'wrong-aud',
  'wrong-iss',
  'expired',
  'issued-in-future',
  'alg-none',
  'hs256',
  'foreign-key',
  'jku',
  'missing-id',
  'text-id',
  'sub-only',
  'wrong-nonce',
  'missing-nonce',
  'unverified-email',
  'no-id-token',
  'token-down',
  'token-html',
  'token-hang',
] as const
export type OidcFault = (typeof ID_TOKEN_FAULTS)[number]

const controlPatch = z.strictObject({
  /** Replaces what is to go wrong, in order, each a number of times. */
  next: z.array(z.strictObject({ fault: z.enum(ID_TOKEN_FAULTS), times: z.number().int().positive().default(1) })),
  /** Signs with this from now on, and announces it; RS256 when left out. */
  algorithm: z.enum(SIGNING_ALGORITHMS).optional(),
  /** Announces these algorithms, whatever it signs with. */
  announced: z.array(z.string()).optional(),
})
export type OidcControlPatch = z.input<typeof controlPatch>
export type OidcControl = z.infer<typeof controlPatch>

/** Faults on demand for the issuer. */
export function createOidcFaults() {
  let control: OidcControl = { next: [] }
  return {
    change(patch?: OidcControlPatch): OidcControl {
      if (patch) control = controlPatch.parse(patch)
      return structuredClone(control)
    },
    algorithm: () => control.algorithm ?? 'RS256',
    announced: () => control.announced ?? [control.algorithm ?? 'RS256'],
    /** Uses up the first fault in line. */
    take(): OidcFault | null {
      const [first] = control.next
      if (!first) return null
      first.times -= 1
      if (first.times === 0) control.next.shift()
      return first.fault
    },
  }
}

export type OidcFaults = ReturnType<typeof createOidcFaults>
