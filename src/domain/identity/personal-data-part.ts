import type { Executor } from '#platform/postgres'

/** What becomes of a table's rows when their user is forgotten; `stays` needs a reason. */
export type ErasureFate = 'erased' | { stays: string }

/** One file of an export: its name without an ending, and its entries page by page, each as JSON can say it. */
export interface PersonalFile {
  name: string
  pages(db: Executor, userId: string): AsyncIterable<readonly object[]>
}

/** A room's part in giving people what is theirs and in forgetting them. */
export interface PersonalDataPart {
  room: string
  /** Every table of the room with a user column, and what else of it holds something about a person. */
  tables: Record<string, ErasureFate>
  /** What somebody gets who asks for their own data; opened, in words that need no explanation. */
  files?: readonly PersonalFile[]
  /**
   * Takes away at most about `most` rows of these users, who are gone already and whom nobody writes for any more, and
   * says how many it took. It is called again, in a transaction of its own each time, until it takes none.
   */
  erase(tx: Executor, userIds: readonly string[], most: number): Promise<number>
}

/** A file whose entries come in one page: what is never more than a few hundred. */
export function wholeFile(
  name: string,
  read: (db: Executor, userId: string) => Promise<readonly object[]>,
): PersonalFile {
  return {
    name,
    async *pages(db, userId) {
      yield await read(db, userId)
    },
  }
}

/** A file that is read on from the last entry of the page before, until a page is empty. */
export function pagedFile<Entry extends object>(
  name: string,
  readAfter: (db: Executor, userId: string, last: Entry | null) => Promise<readonly Entry[]>,
  present: (entry: Entry) => object = (entry) => entry,
): PersonalFile {
  return {
    name,
    async *pages(db, userId) {
      for (let page = await readAfter(db, userId, null); page.length > 0; ) {
        yield page.map(present)
        page = await readAfter(db, userId, page.at(-1) ?? null)
      }
    },
  }
}

/** Deletes by each of these until `most` rows are gone. */
export async function eraseInTurn(
  most: number,
  deletions: readonly ((left: number) => Promise<number>)[],
): Promise<number> {
  let erased = 0
  for (const deletion of deletions) {
    if (erased >= most) break
    erased += await deletion(most - erased)
  }
  return erased
}
