import { fileURLToPath } from 'node:url'
import type { Safeguard } from '#domain/replies'
import { loadTexts } from '#platform/texts'

const LOCALES_FOLDER = fileURLToPath(new URL('../../locales', import.meta.url))

/** The safeguard of a product without a moderation service; how often the canary was caught can be asked. */
export async function openTestSafeguard(): Promise<Safeguard & { caughtTimes(): number }> {
  let times = 0
  return {
    texts: await loadTexts({ folder: LOCALES_FOLDER, strict: true }),
    canary: 'bcdfghjkmnpq',
    caught: () => {
      times += 1
    },
    moderate: async () => new Set(),
    caughtTimes: () => times,
  }
}
