import assert from 'node:assert/strict'
import type { World } from '#test/world'
import { auditBooks } from '../../src/processes/audit-books.ts'

/** Nothing in the database is as it must not be. */
export async function booksHold({ database }: World): Promise<void> {
  await auditBooks(database.pool, ({ table, key, says }) => assert.fail(`${table} ${key} ${says}`))
}

/** The texts of all prompts since a number of calls, system text and talk together. */
export function promptsSince({ sandbox }: World, calls: number): string[] {
  return sandbox.model
    .calls()
    .slice(calls)
    .map(({ messages }) => messages.map(({ content }) => content).join('\n'))
}
