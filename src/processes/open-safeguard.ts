import { canaryOf, type Safeguard } from '#domain/replies'
import { createModeration } from '#platform/moderation'
import type { Ground } from './lay-ground.ts'

/** What keeps a talk safe: the word that may not leave a prompt, and who else reads a question. */
export function openSafeguard(ground: Ground): Safeguard {
  const { texts, vault, metrics } = ground
  const canaries = metrics.counter({
    name: 'vitte_canaries_caught_total',
    help: 'Replies that were about to give away what stands in their prompt',
  })
  return {
    texts,
    canary: canaryOf(vault),
    caught: () => canaries.add({}),
    moderate: moderationOf(ground),
  }
}

function moderationOf({ config, log, metrics }: Ground): Safeguard['moderate'] {
  if (!config.MODERATION_URL) return async () => new Set()
  const calls = metrics.counter({
    name: 'vitte_moderation_calls_total',
    help: 'Questions given to the moderation service, by outcome',
    labels: ['outcome'],
  })
  const { read } = createModeration({
    url: config.MODERATION_URL,
    key: config.MODERATION_KEY,
    model: config.MODERATION_MODEL,
    log,
    counted: (outcome) => calls.add({ outcome }),
  })
  return read
}
