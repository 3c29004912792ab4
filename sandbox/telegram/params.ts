import { badRequest } from './refusal.ts'

export type Upload = { name: string; mimeType: string; bytes: Uint8Array }

/** What a method was called with. Values of a form are texts, so each reader takes text and JSON alike. */
export type Params = { values: Record<string, unknown>; uploads: Record<string, Upload> }

export function text(params: Params, name: string): string | undefined {
  const value = params.values[name]
  if (value === undefined || value === null) return undefined
  const read = typeof value === 'string' ? value : String(value)
  if (!read.isWellFormed()) throw badRequest('strings must be encoded in UTF-8')
  return read
}

export function integer(params: Params, name: string): number | undefined {
  const value = params.values[name]
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'number' ? value : Number(value)
  if (!Number.isSafeInteger(number)) throw badRequest(`invalid parameter "${name}" specified: expected an integer`)
  return number
}

export function flag(params: Params, name: string): boolean {
  const value = params.values[name]
  return value === true || value === 'true' || value === 'True' || value === '1' || value === 1
}

/** An object or array, given as such or as JSON in a form field. Its shape is the caller's to check. */
export function json(params: Params, name: string): unknown {
  const value = params.values[name]
  if (typeof value !== 'string' || value === '') return value === '' ? undefined : value
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest(`can't parse ${name} JSON object`)
  }
}

export function list(params: Params, name: string): unknown[] | undefined {
  const value = json(params, name)
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw badRequest(`can't parse ${name}: expected an Array`)
  return value
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
