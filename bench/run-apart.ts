import { fork } from 'node:child_process'
import type { Row } from './row.ts'

/**
 * The rows that a script of ours sends to its parent, as `{ rows }`; it is ended when it takes longer than it may.
 * @throws with how its process ended when that was before it had sent them
 */
export async function runApart(script: string, args: string[], patienceMs: number): Promise<Row[]> {
  const child = fork(script, args)
  const leave = () => child.kill('SIGTERM')
  const timer = setTimeout(leave, patienceMs)
  process.once('SIGTERM', leave)
  try {
    return await rowsFrom(child)
  } finally {
    clearTimeout(timer)
    process.off('SIGTERM', leave)
  }
}

function rowsFrom(child: ReturnType<typeof fork>): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    let rows: Row[] | undefined
    child.once('message', (message) => {
      rows = (message as { rows: Row[] }).rows
    })
    child.once('exit', (code, signal) => {
      if (rows) resolve(rows)
      else reject(new Error(`its process ended with ${code ?? signal} before it had measured`))
    })
  })
}
