import { z } from '@hono/zod-openapi'
import { LEGAL_DOCUMENTS, LOCALES } from '#contract/words'
import { type App, defineRoute, jsonAnswer } from '#edges/http'
import type { TalkDeps } from './talk-routes.ts'

const read = defineRoute({
  method: 'get',
  path: '/api/legal/{document}',
  owner: 'public',
  summary: 'What people agree to, as it holds now: Markdown',
  request: {
    params: z.object({ document: z.enum(LEGAL_DOCUMENTS) }),
    query: z.object({ locale: z.enum(LOCALES).optional() }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({ document: z.enum(LEGAL_DOCUMENTS), version: z.string(), title: z.string(), text: z.string() })
        .openapi('LegalPage'),
      'The text, in the language asked for or the reader’s',
    ),
  },
})

export function legalRoute(app: App, { legal }: Pick<TalkDeps, 'legal'>): void {
  app.openapi(read, (c) => {
    const { locale = c.var.locale } = c.req.valid('query')
    return c.json(legal.page(c.req.valid('param').document, locale), 200)
  })
}
