import { exportJWK, exportSPKI, generateKeyPair, type JWK } from 'jose'

/** A key pair to sign with and what the world sees of it. */
export type SigningKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK; publicPem: string }

/** Makes an RSA key of 2048 bits; about 100 ms, so it is begun early and awaited late. */
export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }
  return { kid, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) }
}
