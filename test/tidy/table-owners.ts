import type { SourceFile, Tree } from './tree.ts'

/** Table or view → the room that owns it, as `domain/credits`; null where no header says it. */
export type TableOwners = ReadonlyMap<string, { room: string | null; path: string; line: number }>

const ROOM = /^-- Room: (\w+\/[\w-]+)/
const CREATED =
  /^\s*CREATE\s+(?:UNLOGGED\s+)?(?:OR REPLACE\s+)?(?:MATERIALIZED\s+)?(?:TABLE|VIEW)\s+(?:IF NOT EXISTS\s+)?"?(\w+)/i

/** Read from the migrations: what stands below a line `-- Room: domain/x` belongs to domain/x. */
export function tableOwners(tree: Tree): TableOwners {
  const owners = new Map<string, { room: string | null; path: string; line: number }>()
  for (const file of migrationsOf(tree)) {
    let room: string | null = null
    for (const [index, content] of file.text.split('\n').entries()) {
      room = ROOM.exec(content)?.[1] ?? room
      const table = CREATED.exec(content)?.[1]
      if (table && !owners.has(table)) owners.set(table, { room, path: file.path, line: index + 1 })
    }
  }
  return owners
}

function migrationsOf(tree: Tree): SourceFile[] {
  return tree.filter(({ path }) => /^migrations\/[^/]+\.sql$/.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1))
}
