import { z } from '@hono/zod-openapi'
import type { App } from './app-env.ts'
import { defineRoute, jsonAnswer } from './define-route.ts'
import { Problem } from './problem.ts'

/** What the process knows about itself. */
export interface Checks {
  /** Names of the parts that are not ready; empty when this process may get traffic. */
  notReady(): Promise<string[]>
  metrics(): Promise<{ contentType: string; text: string }>
}

const stateSchema = z.object({ status: z.string() })

const health = defineRoute({
  method: 'get',
  path: '/healthz',
  owner: 'public',
  summary: 'The process is alive',
  responses: { 200: jsonAnswer(stateSchema, 'Alive') },
})

const readiness = defineRoute({
  method: 'get',
  path: '/readyz',
  owner: 'public',
  summary: 'The process can serve; 503 names the part that cannot',
  responses: { 200: jsonAnswer(stateSchema, 'Ready') },
})

const metrics = defineRoute({
  method: 'get',
  path: '/metrics',
  owner: 'public',
  summary: 'Figures for Prometheus',
  responses: { 200: { description: 'Prometheus text format' } },
})

export function operationsRoutes(app: App, checks: Checks): void {
  app.openapi(health, (c) => c.json({ status: 'alive' }, 200))
  app.openapi(readiness, async (c) => {
    c.header('Cache-Control', 'no-store')
    const parts = await checks.notReady()
    if (parts.length === 0) return c.json({ status: 'ready' }, 200)
    throw new Problem(503, 'not_ready', { fields: Object.fromEntries(parts.map((part) => [part, 'not_ready'])) })
  })
  app.openapi(metrics, async (c) => {
    const { contentType, text } = await checks.metrics()
    return c.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  })
}
