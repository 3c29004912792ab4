import { type Mention, mentionsInCode, mentionsInSql } from '../table-mentions.ts'
import { type TableOwners, tableOwners } from '../table-owners.ts'
import { isCode, isTest, type SourceFile, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

/** SQL that crosses rooms, with all that it touches. */
interface Exception {
  path: string
  tables: readonly string[]
}

/** What must happen in one round trip when a message arrives. */
export const ACCEPT: Exception = {
  path: 'src/domain/replies/accept.sql',
  tables: [
    'conversations',
    'credit_balances',
    'identities',
    'ledger_transfers',
    'messages',
    'personas',
    'receipts',
    'turns',
    'user_keys',
    'users',
    'welcome_grants',
  ],
}

/** Whether a person may be written to, and when: reads what decides it, for one or for a million at once. */
export const PROACTIVE: Exception = {
  path: 'src/domain/proactive/proactive.sql',
  tables: ['conversations', 'engagements', 'erasures', 'identities', 'initiatives', 'users'],
}

/** What an import brought lies in many rooms, and all of it is compared with what was read. */
export const PROOF: Exception = {
  path: 'src/domain/legacy/runs/proof.sql',
  tables: [
    'conversations',
    'credit_balances',
    'facts',
    'identities',
    'initiatives',
    'ledger_transfers',
    'legacy_looks',
    'legacy_shares',
    'messages',
    'operator_grants',
    'orders',
    'receipts',
    'reminders',
    'sessions',
    'subscriptions',
    'support_requests',
    'turns',
    'user_keys',
    'users',
  ],
}

const EXCEPTIONS: readonly Exception[] = [ACCEPT, PROACTIVE, PROOF]

/** The audit reads whatever there is, and writes nothing. */
const AUDIT_PATH = 'src/processes/audit-books.sql'

/** Rule 4: one table, one room, and only that room's stores hold its SQL. Tests may look behind the doors. */
export function tables(tree: Tree): Violation[] {
  const owners = tableOwners(tree)
  const sources = tree.filter((file) => /^(src|web|sandbox)\//.test(file.path) && !isTest(file))
  return [
    ...homeless(owners),
    ...sources.filter(isCode).flatMap((file) => strangers(file, mentionsInCode(file), owners)),
    ...sources.filter((file) => file.path.endsWith('.sql')).flatMap((file) => inSqlFile(file, owners)),
  ]
}

function homeless(owners: TableOwners): Violation[] {
  return [...owners]
    .filter(([, { room }]) => room === null)
    .map(([table, { path, line }]) => ({
      path,
      line,
      reason: `${table} has no room: write "-- Room: domain/x" above it`,
    }))
}

function strangers({ path }: SourceFile, mentions: readonly Mention[], owners: TableOwners): Violation[] {
  return mentions.flatMap(({ table, line }) => {
    const room = owners.get(table)?.room
    if (!room || (path.startsWith(`src/${room}/`) && /(-store\.ts|\.sql)$/.test(path))) return []
    return [{ path, line, reason: `names the table ${table}: only src/${room}/*-store.ts and its .sql do` }]
  })
}

function inSqlFile(file: SourceFile, owners: TableOwners): Violation[] {
  if (file.path === AUDIT_PATH) return []
  const mentions = mentionsInSql(file.text)
  const exception = EXCEPTIONS.find(({ path }) => path === file.path)
  if (!exception) return strangers(file, mentions, owners)
  const named = mentions.filter(({ table }) => owners.has(table))
  const unlisted = named.filter(({ table }) => !exception.tables.includes(table))
  const unused = exception.tables.filter((table) => !named.some((mention) => mention.table === table))
  return [
    ...unlisted.map(({ table, line }) => ({
      path: file.path,
      line,
      reason: `touches ${table}, which its list does not name`,
    })),
    ...unused.map((table) => ({
      path: file.path,
      line: 1,
      reason: `does not touch ${table} any more: take it off its list`,
    })),
  ]
}
