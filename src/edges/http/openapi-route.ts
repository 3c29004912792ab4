import { z } from '@hono/zod-openapi'
import type { App } from './app-env.ts'
import { defineRoute, jsonAnswer } from './define-route.ts'

const route = defineRoute({
  method: 'get',
  path: '/api/openapi.json',
  owner: 'public',
  summary: 'This document, written from the schemas that validate',
  responses: { 200: jsonAnswer(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
})

/** The document is complete once every part is registered, so it is written at the first call and kept. */
export function openapiRoute(app: App): void {
  let document: Record<string, unknown> | undefined
  app.openapi(route, (c) => {
    document ??= { ...app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Vitte', version: '1' } }) }
    return c.json(document, 200)
  })
}
