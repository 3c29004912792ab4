import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROUTES_DOCUMENT, routesDocument } from './rules/routes.ts'
import { readTree } from './tree.ts'

const root = join(import.meta.dirname, '../..')
await writeFile(join(root, ROUTES_DOCUMENT), routesDocument(readTree(root)))
