import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { screenshot } from '#test/chromium'

export type Step = (promise: string, deed: () => Promise<unknown>) => void

/**
 * Tests that are steps of one way. After a failed one the rest fail at once instead of waiting in vain, and pictures of
 * where the pages stood are kept as `<name>-failed-<n>.png`.
 */
export function journey(name: string, ...pages: Page[]): Step {
  let brokenBy: string | undefined
  return (promise, deed) =>
    void test(promise, async () => {
      if (brokenBy !== undefined) throw new Error(`not tried: "${brokenBy}" failed before`)
      try {
        await deed()
      } catch (error) {
        brokenBy = promise
        for (const [at, page] of pages.entries()) await screenshot(page, `${name}-failed-${at + 1}`).catch(() => {})
        throw error
      }
    })
}
