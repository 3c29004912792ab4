import type { Random } from '../random.ts'
import type { Scene } from './scene.ts'
import type { Tries } from './tries.ts'

/** One line of the list of attacks (faults.md): tried as somebody would who means it. */
export interface Row {
  /** As in the list: `A26`. */
  id: string
  /** What it is, in a few words. */
  title: string
  /** Tries it and says what came back; whatever it throws is a surprise. */
  attack(scene: Scene, tries: Tries, random: Random): Promise<void>
}

/** One line of the list that has no counterpart in this product. */
export interface Absent {
  id: string
  title: string
  /** Why there is nothing to try. */
  notHere: string
}
