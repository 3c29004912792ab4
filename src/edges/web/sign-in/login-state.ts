import { z } from '@hono/zod-openapi'
import { getCookie, setCookie } from 'hono/cookie'
import { EncryptJWT, jwtDecrypt } from 'jose'
import type { AppContext } from '#edges/http'
import type { Vault } from '#platform/vault'

const LIFETIME_SECONDS = 600
const NAME = 'vitte-login'
const CIPHER = { alg: 'dir', enc: 'A256GCM' }

const stateSchema = z.strictObject({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** The session of whoever was signed in when it began; empty for nobody. */
  sessionId: z.string(),
  iat: z.number(),
  exp: z.number(),
})

/**
 * What this browser began: nobody else can finish it, and nobody can read it. `nonce` and `verifier` are empty where
 * the provider knows neither, as Telegram's Login Widget does.
 */
export type LoginState = Omit<z.infer<typeof stateSchema>, 'iat' | 'exp'>

export interface LoginStates {
  write(c: AppContext, state: LoginState): Promise<void>
  /** Takes the state out of the browser; null when there is none that we made in the last ten minutes. */
  take(c: AppContext): Promise<LoginState | null>
}

/** Keeps a login under way in the browser that began it: encrypted, HttpOnly, ten minutes. */
export function createLoginStates({ vault, secure }: { vault: Vault; secure: boolean }): LoginStates {
  const key = vault.derive('sign-in state')
  const name = secure ? `__Host-${NAME}` : NAME
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const
  return {
    async write(c, state) {
      const sealed = await new EncryptJWT({ ...state })
        .setProtectedHeader(CIPHER)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_SECONDS}s`)
        .encrypt(key)
      setCookie(c, name, sealed, { ...attributes, maxAge: LIFETIME_SECONDS })
    },
    async take(c) {
      const sealed = getCookie(c, name)
      if (!sealed) return null
      setCookie(c, name, '', { ...attributes, maxAge: 0 })
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          keyManagementAlgorithms: [CIPHER.alg],
          contentEncryptionAlgorithms: [CIPHER.enc],
        })
        const { iat, exp, ...state } = stateSchema.parse(payload)
        return state
      } catch {
        return null
      }
    },
  }
}
