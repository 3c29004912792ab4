import { exportJWK, exportSPKI, generateKeyPair, type JWK } from 'jose'

/** What Telegram lets a bot's owner choose from, as far as it is common. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** A key pair to sign with and what the world sees of it. */
export type SigningKey = {
  kid: string
  algorithm: SigningAlgorithm
  privateKey: CryptoKey
  publicJwk: JWK
  publicPem: string
}

/** Makes a key pair; RSA with its 2048 bits takes about 100 ms, so it is begun early and awaited late. */
export async function createSigningKey(kid: string, algorithm: SigningAlgorithm = 'RS256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm }
  return { kid, algorithm, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) }
}
