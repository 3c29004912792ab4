import type { Credits } from '#contract/api'
import type { Executor } from '#platform/postgres'

/** Two users on their way to one, both locked. Everything of the absorbed one becomes the survivor's. */
export interface Merge {
  id: string
  absorbedId: string
  survivorId: string
  mergedAt: Date
}

/** What a user would lose by a mistake. */
export interface Stake {
  messages?: number
  credits?: Credits
  /** Worth a code typed into the bot before it moves. */
  precious: boolean
}

/** What a room must remember to take its part back. */
export type PartJournal = Record<string, unknown>

/** What became of the rows of a table with a user column; `stays` needs a reason. */
export type TableFate = 'moves' | { stays: string }

/**
 * A room's part of merging two users and of undoing it. The parts run in one order, the conversations first: they leave
 * the table `merged_lines` (see there) to those that follow.
 */
export interface MergePart {
  room: string
  /** Every table of the room with a user column. */
  tables: Record<string, TableFate>
  stake?(db: Executor, userId: string): Promise<Stake>
  merge(tx: Executor, merge: Merge): Promise<PartJournal>
  undo(tx: Executor, merge: Merge, journal: PartJournal): Promise<UndoTrace>
  /** What an undo would give back at this moment. */
  previewUndo?(db: Executor, merge: Merge, journal: PartJournal): Promise<Partial<UndoShare>>
}

/** What must be told after the undo is committed. */
export interface UndoTrace {
  /** Turns under way that went back: whoever writes their replies shows them to another user now. */
  openTurnIds?: string[]
}

/** A part's share in the preview of an undo. */
export interface UndoShare {
  messagesBack: number
  messagesStaying: number
  creditsBack: Credits
}
