import type { Sandbox } from '#sandbox'
import type { Random } from '../random.ts'
import type { Court } from './court.ts'
import type { RawAnswer, RawRequest } from './raw-client.ts'

/** What every case stands on. */
export interface Ground {
  url: string
  court: Court
  sandbox: Sandbox
  botToken: string
  webhookSecret: string
}

/** One or more attempts of one kind; everything it chooses comes from `random`. */
export type Case = (ground: Ground, random: Random) => Promise<void>

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000)
}

/** Each request comes from another client: limits would otherwise answer before the check that is looked at. */
export function fromSomewhere(random: Random): string[] {
  const address = ['10', random.int(256), random.int(256), random.int(256)].join('.')
  return ['X-Forwarded-For', address]
}

export function postJson(
  ground: Ground,
  random: Random,
  path: string,
  body: string,
  headers: string[] = [],
): RawRequest {
  const usual = ['Content-Type', 'application/json', 'Origin', new URL(ground.url).origin]
  return { method: 'POST', path, headers: [...usual, ...fromSomewhere(random), ...headers], body }
}

export function isOk({ status }: RawAnswer): boolean {
  return status === 200
}
