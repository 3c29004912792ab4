import { open, rename, rm, stat } from 'node:fs/promises'

/** Keys of people's rows are nobody else's business. */
const MODE = 0o600
const CHUNK_CHARACTERS = 65_536

/** A report cannot be written where it should be: a sentence for the operator. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
}

/**
 * Looks whether a report can be written there, before anything else is done.
 * @throws ReportError
 */
export async function checkReportPath(path: string): Promise<void> {
  if (/\.html?$/i.test(path)) {
    throw new ReportError(`--report names the JSON file; the page is written beside it. Try ${path}.json.`)
  }
  for (const one of [path, pagePath(path)]) {
    const found = await stat(one).catch(() => null)
    // What is moved into its place would take the place of a device or a folder, too.
    if (found && !found.isFile()) throw new ReportError(`${one} is no file: the report cannot be written there.`)
    const trial = await writeBeside(one, [])
    await trial.discard()
  }
}

/** The page that stands beside a report: of the same name. */
export function pagePath(path: string): string {
  return `${path.replace(/\.json$/i, '')}.html`
}

/** A file that is whole, and not yet where it belongs. */
export interface Beside {
  place(): Promise<void>
  discard(): Promise<void>
}

/**
 * Writes the pieces one after the other into a file beside `path`, safe on disk: whoever looks at `path` sees all of it
 * or nothing.
 * @throws ReportError, and what the pieces throw
 */
export async function writeBeside(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<Beside> {
  const unfinished = `${path}.${process.pid}.part`
  const discard = () => rm(unfinished, { force: true })
  try {
    await discard()
    const file = await open(unfinished, 'wx', MODE)
    try {
      await file.writeFile(inChunks(pieces))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await discard().catch(() => {})
    throw told(path, error)
  }
  return {
    discard,
    async place() {
      await rename(unfinished, path).catch((error: unknown) => {
        throw told(path, error)
      })
    },
  }
}

/** Rows are short and many: one write for each would take longer than all the rest. */
async function* inChunks(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = ''
  for await (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk may only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
}

/** What the pieces were made from may fail for reasons of its own. */
function told(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : REASONS[code]
  return reason ? new ReportError(`The report cannot be written to ${path}: ${reason} (${code}).`) : error
}
