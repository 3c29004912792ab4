import type { Scope } from '../harness/scope.ts'
import type { Random } from './random.ts'

export interface SimulationOptions {
  count: number
  /** The one source of chance, so that the seed repeats a run. */
  random: Random
  /** Replaces the line of progress. */
  log(line: string): void
  /** What is opened for the run is closed with it. */
  scope: Scope
}

export interface Outcome {
  /** How often what came of each kind: `{ widget: { refused: 12 } }`. */
  counts: Record<string, Record<string, number>>
  /** What should not have been, a sentence and the whole case each; empty when all is well. */
  findings: string[]
  /** A table of what was done, for those who read it. */
  lines?: string[]
}

export type Simulation = (options: SimulationOptions) => Promise<Outcome>
