import { ERASURE_STEPS, FIRST_STEPS, STEPS, type Step } from './steps.ts'

/** Where this process shall stand still, and whose work: user ids, or what else the step is told. */
export type Armed = ReadonlyMap<Step, ReadonlySet<string>>

interface Holding {
  armed: Map<Step, Set<string>>
  onReached(step: Step, key: string): void
  released: Promise<void>
}

/** Of the whole process, as the process is what dies: rooms name their steps and know nothing else. */
let holding: Holding | null = null

/** `turn.running=<key>|<key>,reply.written=<key>`. Throws when a step is unknown. */
export function parseFailpoints(text: string): Armed {
  const armed = new Map<Step, ReadonlySet<string>>()
  for (const part of text.split(',').filter(Boolean)) {
    const [name = '', keys = ''] = part.split('=')
    const step = [...STEPS, ...FIRST_STEPS, ...ERASURE_STEPS].find((known) => known === name)
    if (!step || keys === '') throw new Error(`"${name}" must be a step with keys, as ${STEPS[0]}=<key>|<key>`)
    armed.set(step, new Set(keys.split('|')))
  }
  return armed
}

/**
 * For tests that kill or freeze this process: whoever comes to an armed step says so and stands still there, once per
 * step and key, until `released`.
 */
export function armFailpoints(armed: Armed, onReached: Holding['onReached'], released: Promise<void>): void {
  holding = { armed: new Map([...armed].map(([step, keys]) => [step, new Set(keys)])), onReached, released }
}

/** A named step of somebody's work. Costs nothing and does nothing unless a test armed it. */
export function reach(step: Step, key: string): Promise<void> | undefined {
  if (!holding?.armed.get(step)?.delete(key)) return undefined
  holding.onReached(step, key)
  return holding.released
}
