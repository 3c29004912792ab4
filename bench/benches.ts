import type { Row } from './row.ts'

export interface Bench {
  /** About how long it takes on a small machine. */
  minutes: number
  /** Takes long, and runs when it is asked for by name. */
  byName?: true
  /** Loaded when it runs, so that none is measured with the packages of all others in memory. */
  load(): Promise<() => Promise<Row[]>>
}

/** Every bench by the name that `npm run bench -- <name>` knows; goals.ts says what each is for. */
export const BENCHES: Record<string, Bench> = {
  accept: { minutes: 1.5, load: async () => (await import('./accept/accept-path.ts')).acceptPath },
  bot: { minutes: 1.5, load: async () => (await import('./bot/bot.ts')).bot },
  campaign: { minutes: 1, load: async () => (await import('./campaign/campaign.ts')).campaign },
  checkout: { minutes: 0.5, load: async () => (await import('./checkout.ts')).checkout },
  deliveries: {
    minutes: 2,
    load: async () => {
      const { queueRate } = await import('./deliveries/deliveries.ts')
      const { questionToSend } = await import('./deliveries/question-to-send.ts')
      return async () => [...(await queueRate()), ...(await questionToSend())]
    },
  },
  delta: { minutes: 0.5, load: async () => (await import('./first-delta.ts')).firstDelta },
  entrance: { minutes: 1, load: async () => (await import('./entrance/entrance.ts')).entrance },
  exchange: { minutes: 1, load: async () => (await import('./capacity/exchange.ts')).exchange },
  history: { minutes: 3, load: async () => (await import('./history/history.ts')).history },
  'history-large': {
    minutes: 12,
    byName: true,
    load: async () => (await import('./history/history.ts')).historyLarge,
  },
  'history-parts': { minutes: 20, byName: true, load: async () => (await import('./history/parts.ts')).historyParts },
  ledger: { minutes: 1, load: async () => (await import('./ledger/ledger.ts')).ledger },
  live: { minutes: 3, load: async () => (await import('./live/live.ts')).live },
  'live-two': { minutes: 1.5, load: async () => (await import('./live/live-two.ts')).liveBetweenTwo },
  memory: { minutes: 0.5, load: async () => (await import('./idle-memory.ts')).idleMemory },
  merge: { minutes: 1, load: async () => (await import('./merge/merge-long.ts')).mergeLong },
  migration: { minutes: 2, load: async () => (await import('./migration/migration.ts')).migration },
  'migration-large': {
    minutes: 10,
    byName: true,
    load: async () => (await import('./migration/migration.ts')).migrationLarge,
  },
  page: { minutes: 2, load: async () => (await import('./page/page-load.ts')).pageLoad },
  planning: { minutes: 0.5, load: async () => (await import('./planning/planning.ts')).planning },
  prompt: { minutes: 0.5, load: async () => (await import('./prompt/prompt-assembly.ts')).promptAssembly },
  queue: { minutes: 2, load: async () => (await import('./queue/queue.ts')).queue },
  safety: { minutes: 0.5, load: async () => (await import('./safety/reading.ts')).safetyReading },
  scroll: { minutes: 1, load: async () => (await import('./page/scroll-back.ts')).scrollBack },
  shares: { minutes: 1.5, load: async () => (await import('./shares/shares.ts')).shares },
  'sign-in': { minutes: 1, load: async () => (await import('./sign-in/sign-in.ts')).signIn },
  spending: { minutes: 0.5, load: async () => (await import('./spending.ts')).holds },
  sync: { minutes: 1.5, load: async () => (await import('./sync/sync.ts')).sync },
  vault: { minutes: 0.5, load: async () => (await import('./vault/vault-cost.ts')).vaultCost },
  webhook: { minutes: 1, load: async () => (await import('./accept/webhook.ts')).webhook },
  workers: { minutes: 5, load: async () => (await import('./workers/workers.ts')).workers },
}
