import type { HonoRequest } from 'hono'
import { isRecord, type Params, type Upload } from './params.ts'
import { badRequest } from './refusal.ts'

/** Parameters from the query, a form, a multipart form with files, or JSON; the body wins (Bot API "Making requests"). */
export async function readParams(request: HonoRequest): Promise<Params> {
  const params: Params = { values: { ...request.query() }, uploads: {} }
  if (request.method !== 'POST') return params
  const type = request.header('content-type') ?? ''
  if (type.includes('form')) return addForm(params, await request.formData().catch(() => null))
  const body = await request.text()
  if (body.trim() === '') return params
  try {
    const parsed: unknown = JSON.parse(body)
    if (isRecord(parsed)) return { ...params, values: { ...params.values, ...parsed } }
  } catch {}
  throw badRequest("can't parse JSON object")
}

async function addForm(params: Params, form: FormData | null): Promise<Params> {
  if (!form) throw badRequest("can't parse the form")
  for (const [name, value] of form) {
    if (typeof value === 'string') params.values[name] = value
    else params.uploads[name] = await upload(value)
  }
  return params
}

async function upload(file: File): Promise<Upload> {
  return { name: file.name, mimeType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
}
