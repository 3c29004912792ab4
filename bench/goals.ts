/** One line of the table of goals. */
export interface Goal {
  name: string
  /** The benches whose rows belong to it. */
  benches: string[]
  /** What shows it besides, or instead. */
  command?: string
}

/** Speed and size: `npm run bench` prints these in this order, and docs/performance.md has a section for each. */
export const SPEED_GOALS: Goal[] = [
  { name: 'Accept path', benches: ['accept'] },
  { name: 'Webhook to 200', benches: ['webhook'] },
  { name: 'Question committed to first delta on the page', benches: ['delta'] },
  {
    name: 'Live connections',
    benches: ['live', 'live-two'],
    command: 'npm run simulate -- storm --streams 1000',
  },
  { name: 'Sync between channels', benches: ['sync'] },
  { name: 'History page at 10,000,000 messages', benches: ['history', 'history-large', 'history-parts'] },
  { name: 'Migration', benches: ['migration', 'migration-large'] },
  { name: 'First load of the page and of the Mini App', benches: ['page'] },
  { name: 'Idle memory', benches: ['memory'] },
  { name: 'Signing in', benches: ['entrance', 'sign-in'] },
  {
    name: 'Deliveries and the Mini App at the first attempt',
    benches: ['shares'],
    command: 'npm run simulate -- endurance 10000',
  },
  { name: 'Several processes', benches: ['workers'], command: 'npm run simulate -- roles' },
]

/** What has no line among the goals, but is measured beside what people would use instead, or to be kept an eye on. */
export const OTHER_GOALS: Goal[] = [
  { name: 'The queue, beside job libraries', benches: ['queue', 'deliveries'] },
  { name: "The bot's own overhead", benches: ['bot'] },
  { name: 'Money', benches: ['ledger', 'spending', 'checkout'] },
  { name: 'Writing a reply', benches: ['prompt', 'safety', 'vault'] },
  { name: 'What a question takes', benches: ['exchange'] },
  { name: 'Writing first', benches: ['campaign', 'planning'] },
  { name: 'Long histories', benches: ['merge', 'scroll'] },
]

export const GOALS = [...SPEED_GOALS, ...OTHER_GOALS]
