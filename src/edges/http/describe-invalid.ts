import type { z } from '@hono/zod-openapi'

const FIELDS_MAX = 20
const FIELD_MAX_LENGTH = 80

/** Which fields a schema refused and by which of its rules: never a value, which may be a secret. */
export function describeInvalid(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues.slice(0, FIELDS_MAX)) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, FIELDS_MAX) : [undefined]
    for (const key of keys) {
      const path = [...issue.path, ...(key === undefined ? [] : [key])].join('.').slice(0, FIELD_MAX_LENGTH)
      fields[path || 'body'] ??= issue.code
    }
  }
  return fields
}
