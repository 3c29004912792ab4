import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Tests of one room, beside its code; journeys and the like have a world of their own each. */
const BESIDE_CODE = /^(src|web|sandbox|personas|bench|test\/tidy)\//
/** What is said to a whole file would be said to all that share its process. */
const SAID_TO_ALL = /^(before|after|beforeEach|afterEach)\(|\bmock\.|process\.(env|on|chdir)/m
const GROUP_MAX = 10

/**
 * Puts small test files that stand beside each other into one process: loading the same code anew took them longer than
 * their tests. `folder` gets a file for each group; returns what is to be run instead of `files`.
 */
export async function groupFiles(root: string, files: readonly string[], folder: string): Promise<string[]> {
  const together = files.filter(
    (file) => BESIDE_CODE.test(file) && !SAID_TO_ALL.test(readFileSync(join(root, file), 'utf8')),
  )
  const alone = files.filter((file) => !together.includes(file))
  const groups = Array.from({ length: Math.ceil(together.length / GROUP_MAX) }, (_, at) =>
    together.slice(at * GROUP_MAX, (at + 1) * GROUP_MAX),
  )
  const written = groups.map(async (group, at) => {
    const path = join(folder, `group-${at + 1}.test.mjs`)
    await writeFile(path, oneAfterTheOther(group.map((file) => pathToFileURL(join(root, file)).href)))
    return path
  })
  return [...alone, ...(await Promise.all(written))]
}

/** The first test ends when all files are read: a run without open tests would be over between two of them. */
function oneAfterTheOther(urls: readonly string[]): string {
  return [
    "import { test } from 'node:test'",
    'const { promise, resolve } = Promise.withResolvers()',
    "test('the files of this group are read', () => promise)",
    ...urls.map((url) => `await import(${JSON.stringify(url)})`),
    'resolve()',
    '',
  ].join('\n')
}
