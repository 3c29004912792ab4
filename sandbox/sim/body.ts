import type { Context } from 'hono'
import { isRecord } from '../telegram/index.ts'

/** A request that makes no sense here; answered with 400 and the sentence. */
export class BadAsk extends Error {}

/** The JSON object of a request; no body is an empty one. */
export async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  const raw = await c.req.text()
  if (raw.trim() === '') return {}
  const body: unknown = JSON.parse(raw)
  if (!isRecord(body)) throw new BadAsk('the body must be a JSON object')
  return body
}

export function personIdOf(c: Context): number {
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id)) throw new BadAsk('a person id is an integer')
  return id
}

export function textOf(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw new BadAsk(`${name} must be a string`)
  return value
}

export function numberOf(body: Record<string, unknown>, name: string): number {
  const value = body[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new BadAsk(`${name} must be an integer`)
  return value
}

export function optionalNumber(body: Record<string, unknown>, name: string): number | undefined {
  return body[name] === undefined || body[name] === null ? undefined : numberOf(body, name)
}
