import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import type { Note, SourceTable } from '../rules/note.ts'

/** How many rows of a table of the old house came to what. Every row read is taken, known, merged or rejected. */
export interface Tally {
  read: number
  taken: number
  /** An earlier run had brought it. */
  known: number
  merged: number
  rejected: number
  /** Rows of those taken or merged in which something was put right. */
  repaired: number
}

/** What a run has seen so far; it is kept with how far it went. */
export interface Counts {
  tables: Record<SourceTable, Tally>
  /** Users made, and those who were here and to whom something came. */
  users: number
  additions: number
  /** Lines of people: those of nobody left aside. */
  linesOfPeople: number
  /** What the old house had, as it stands there; what is no whole number counts as none. */
  creditsRead: Credits
  /** Of those the ones that nobody got, as they were negative, of nobody, or no credits at all. */
  creditsLeft: Credits
  /** Of those the ones that earlier runs had counted. */
  creditsKnown: Credits
  /** What went from credits in the old house since they were counted, and was not here any more to be taken. */
  creditsShort: Credits
}

/** What there was to read when a run began. */
export interface Expected {
  rows: Record<SourceTable, number>
  /** Null: the run was cut off, and reads what they have become since. */
  credits: Credits | null
  /** Lines of people that earlier runs have read, and those that they could read now: what came late may be missed. */
  before: { was: number; now: number } | null
}

export function noCounts(): Counts {
  const tally = (): Tally => ({ read: 0, taken: 0, known: 0, merged: 0, rejected: 0, repaired: 0 })
  return {
    tables: { profiles: tally(), chat_messages: tally(), user_credits: tally() },
    users: 0,
    additions: 0,
    linesOfPeople: 0,
    creditsRead: noCredits(),
    creditsLeft: noCredits(),
    creditsKnown: noCredits(),
    creditsShort: noCredits(),
  }
}

export function noCredits(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}

/** Adds `more`, or what of it is not among `less`. */
export function addCredits(sum: Credits, more: Credits, less: Credits = noCredits()): void {
  for (const type of CREDIT_TYPES) sum[type] += more[type] - less[type]
}

/** Adds what one chunk came to. */
export function addCounts(sum: Counts, more: Counts): void {
  for (const [table, tally] of Object.entries(more.tables)) {
    const into = sum.tables[table as SourceTable]
    for (const [name, count] of Object.entries(tally)) into[name as keyof Tally] += count
  }
  sum.users += more.users
  sum.additions += more.additions
  sum.linesOfPeople += more.linesOfPeople
  addCredits(sum.creditsRead, more.creditsRead)
  addCredits(sum.creditsLeft, more.creditsLeft)
  addCredits(sum.creditsKnown, more.creditsKnown)
  addCredits(sum.creditsShort, more.creditsShort)
}

/** What a chunk finds, row by row. */
export interface Sheet {
  counts: Counts
  notes: Note[]
  /** Counts the row with it: one with several repairs is one that was repaired. */
  note(note: Note): void
}

/** `rejected`: told of each row that is left out, and may end it all by throwing. */
export function newSheet(rejected: (note: Note) => void = () => {}): Sheet {
  const counts = noCounts()
  const notes: Note[] = []
  // The notes of one row come one after the other.
  let repaired = ''
  return {
    counts,
    notes,
    note(note) {
      const { table, key, outcome } = note
      notes.push(note)
      if (outcome === 'rejected') rejected(note)
      if (outcome !== 'repaired') counts.tables[table][outcome] += 1
      else if (repaired !== `${table} ${key}`) {
        repaired = `${table} ${key}`
        counts.tables[table].repaired += 1
      }
    },
  }
}
