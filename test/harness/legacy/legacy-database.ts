import { testServer } from '../postgres-server.ts'
import { atEnd, type Scope, wholeFile } from '../scope.ts'
import { administer, databaseAt } from '../template.ts'

let made = 0

/** An empty database of one's own on the server of this run, in Unicode whatever the server's default; dropped after the test. */
export async function legacyDatabase(scope: Scope = wholeFile): Promise<string> {
  const server = await testServer()
  made += 1
  const name = `legacy_${process.pid}_${made}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  atEnd(scope, () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`))
  return databaseAt(server, name)
}
