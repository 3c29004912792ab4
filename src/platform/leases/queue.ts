/**
 * A table whose rows are jobs. Beside its own columns it has
 * `due_at timestamptz` (when the row may next be taken; of a leased row: the end of its lease; `infinity`: it waits
 * behind another; NULL: finished), `lease_token bigint not null default 0` (the fencing token, raised by each lease) and
 * `lease_attempts integer not null default 0` (how often it was taken), with a partial index on `due_at` where it is
 * not null.
 */
export interface Queue<Row extends object> {
  table: string
  /** The columns of the primary key. */
  key: readonly (keyof Row & string)[]
  /** What a taken row shows besides its key. */
  columns: readonly (keyof Row & string)[]
  /** Takes only rows of which this SQL is true, as `kind = 'late'`; the partial index on `due_at` says the same. */
  condition?: string
  /**
   * Takes rows that were taken before, as those of a worker that died, ahead of those that have not begun: they are due
   * since the end of their lease, and in a backlog would wait for all of it once more. Needs a second partial index on
   * `due_at`, where it is not null and `lease_attempts > 0`.
   */
  begunFirst?: boolean
}

/** A row that this process may work on until its lease ends. */
export type LeasedRow<Row extends object> = Row & {
  /** Whoever writes the row's outcome does so only where `lease_token` is still this. */
  lease_token: number
  /** How often it was taken, this time included. */
  lease_attempts: number
  /** The `due_at` that this lease wrote, to the microsecond; renewing moves it. */
  leased_until: string
}
