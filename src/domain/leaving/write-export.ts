import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { PersonalDataPart, PersonalFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/**
 * All that the rooms have of somebody, as a zip with a JSON file for each kind of thing. It is read while it is sent: at
 * no time is more in memory than a page of each. What fails ends the stream with an error, and the zip stays unfinished.
 */
export function writeExport(db: Executor, parts: readonly PersonalDataPart[], userId: string): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  let reading: Readable | undefined
  const fail = (error: Error) => void out.destroy(error)
  // The library knows nothing of a file that cannot be read, nor of a reader who leaves.
  zip.on('error', fail)
  out.once('close', () => reading?.destroy())
  for (const file of parts.flatMap(({ files = [] }) => files)) {
    zip.addReadStreamLazy(`${file.name}.json`, { mtime: new Date() }, (give) => {
      reading = Readable.from(jsonOf(file, db, userId), { objectMode: false })
      reading.once('error', fail)
      give(null, reading)
    })
  }
  zip.end()
  return out
}

/** One array, an entry a line. */
async function* jsonOf(file: PersonalFile, db: Executor, userId: string): AsyncGenerator<Buffer> {
  let before = '[\n'
  for await (const page of file.pages(db, userId)) {
    if (page.length === 0) continue
    yield Buffer.from(before + page.map((entry) => JSON.stringify(entry)).join(',\n'))
    before = ',\n'
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n')
}
