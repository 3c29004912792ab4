import { createHash } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Another process works on this folder. The sentence is for the operator. */
export class DataDirBusyError extends Error {
  override readonly name = 'DataDirBusyError'
  readonly folder: string

  constructor(folder: string) {
    super(
      `The folder ${folder} is already in use by another running process. Stop that one first, or choose another folder.`,
    )
    this.folder = folder
  }
}

/**
 * Takes a folder for this process alone until `release` or the end of the process, however it ends: the lock is a
 * listening socket, which the kernel closes. `folder` must be a real path.
 * @throws DataDirBusyError when somebody holds it
 */
export async function lockDataDir(folder: string): Promise<{ release(): Promise<void> }> {
  const name = `pg-lock-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
  const server =
    process.platform === 'linux' ? await listen(`\0${name}`) : await listenOnFile(join(tmpdir(), `${name}.sock`))
  if (server === 'taken') throw new DataDirBusyError(folder)
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listen(address: string): Promise<net.Server | 'taken'> {
  const server = net.createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve('taken') : reject(error),
    )
    server.listen(address)
  })
}

/** Without abstract sockets (macOS) the name stays behind after a crash: taken means that somebody answers. */
async function listenOnFile(path: string): Promise<net.Server | 'taken'> {
  const first = await listen(path)
  if (first !== 'taken' || (await answers(path))) return first
  await unlink(path).catch(() => {})
  return listen(path)
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path)
    socket.once('connect', () => socket.destroy() && resolve(true))
    socket.once('error', () => resolve(false))
  })
}
