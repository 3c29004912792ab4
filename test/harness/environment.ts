/** What tests and benches take from outside; nobody else in test/ and bench/ looks at the environment. */

/** The server that test/run.ts started for the whole run; absent when a test file runs by itself. */
export function sharedPostgres(): string | undefined {
  return process.env.VITTE_TEST_POSTGRES
}

/** Tells the test files, which are processes of their own, where the shared server is. */
export function announcePostgres(connectionString: string): void {
  process.env.VITTE_TEST_POSTGRES = connectionString
}

/** Where screenshots are kept; screens that are only looked over are not kept unless `SHOTS` names a folder. */
export function shotsFolder(): string | undefined {
  return process.env.SHOTS
}

/**
 * Lets every process of a run keep what it has compiled for the next ones: without it each of some hundred strips the
 * types of the same files, a second of work each (Node: module compile cache).
 */
export function shareCompiledCode(folder: string): void {
  process.env.NODE_COMPILE_CACHE = folder
}

/** The least a child process needs; nothing of ours reaches it by accident. */
export function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_COMPILE_CACHE'].map(
    (name) => [name, process.env[name]] as const,
  )
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Runs with the machine's clock in another zone; Node goes by a change at once. */
export function inMachineZone(zone: string, deed: () => void): void {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    deed()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}
