import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** `nobody`: PostgreSQL refuses to run as root, so a root process hands it to this user. */
const UNPRIVILEGED_ID = 65534
const UNSHARE = ['unshare', '--user', `--map-user=${UNPRIVILEGED_ID}`, `--map-group=${UNPRIVILEGED_ID}`]
/** Nothing of our own environment: it holds secrets, and PG* variables would steer the server. */
const CHILD_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' }

/** Under which user the server's programs run, and who therefore owns its files. */
export interface RunAs {
  spawn(command: string, args: string[], options: SpawnOptions): ChildProcess
  /** Gives a folder of ours to that user, with all that is in it. */
  own(folder: string): Promise<void>
}

/**
 * Chooses how to run PostgreSQL: as ourselves, or, when we are root, as an unprivileged user; when that user cannot
 * reach the binaries or folders (a closed home or umask), as root in a user namespace where root is called 65534.
 * @throws Error with a sentence when root has neither way
 */
export async function chooseRunAs(binary: string, folders: string[]): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { spawn: spawnWith([]), own: async () => {} }
  const asNobody = spawnWith([], UNPRIVILEGED_ID)
  const reaches = 'test -x "$0" && for folder; do cd "$folder" || exit 1; done'
  if (await succeeds(asNobody('sh', ['-c', reaches, binary, ...folders], { stdio: 'ignore' }))) {
    return { spawn: asNobody, own: (folder) => ownAll(folder, UNPRIVILEGED_ID) }
  }
  const inNamespace = spawnWith(UNSHARE)
  if (await succeeds(inNamespace(binary, ['--version'], { stdio: 'ignore' }))) {
    return { spawn: inNamespace, own: (folder) => ownAll(folder, 0) }
  }
  throw new Error(
    `PostgreSQL does not run as root, the user ${UNPRIVILEGED_ID} cannot reach ${[binary, ...folders].join(', ')}, and user ` +
      'namespaces are not allowed here. Start as another user, open these paths, or give a database of your own.',
  )
}

function spawnWith(prefix: string[], id?: number): RunAs['spawn'] {
  return (command, args, options) => {
    const [program = command, ...rest] = [...prefix, command, ...args]
    const identity = id === undefined ? {} : { uid: id, gid: id }
    return spawn(program, rest, { ...options, ...identity, cwd: '/', env: { ...CHILD_ENVIRONMENT, ...options.env } })
  }
}

async function succeeds(child: ChildProcess): Promise<boolean> {
  const [code] = await once(child, 'exit').catch(() => [1])
  return code === 0
}

async function ownAll(path: string, id: number): Promise<void> {
  const entry = await lstat(path)
  if (entry.isSymbolicLink()) return
  if (entry.uid !== id) await chown(path, id, id)
  if (!entry.isDirectory()) return
  for (const name of await readdir(path)) await ownAll(join(path, name), id)
}
