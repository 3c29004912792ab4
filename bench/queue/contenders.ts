import { byHand } from './by-hand.ts'
import type { Contender } from './contender.ts'
import { bullMq, graphileWorker } from './libraries.ts'
import { ourLeases } from './ours.ts'

export const CONTENDERS = {
  Vitte: ourLeases,
  'by hand': byHand,
  'graphile-worker': graphileWorker,
  BullMQ: bullMq,
} satisfies Record<string, () => Contender>

export type ContenderName = keyof typeof CONTENDERS
