import { atEnd, type Scope } from './scope.ts'
import { waitFor } from './wait-for.ts'

const DEADLINE_MS = 10_000
/** Sockets, servers, child processes and timers; files and name look-ups come and go by themselves. */
const HELD = /^(TCPSocketWrap|TCPServerWrap|PipeWrap|PipeServerWrap|TLSWrap|UDPWrap|ProcessWrap|Timeout|Immediate)$/

/**
 * Fails the test when it leaves more open than it found: connections, servers, timers, child processes. Call it first,
 * so that everything else of the test is closed before it looks.
 */
export function noLeaks(scope: Scope, deadlineMs = DEADLINE_MS): void {
  const before = countHeld()
  atEnd(scope, async () => {
    // Giving up is decided by the last look: waiting itself holds a timer, which `excess` leaves out.
    await waitFor(() => excess(before).length === 0, { deadlineMs }).catch(() => {
      throw new Error(`left open: ${excess(before).join(', ')}`)
    })
  })
}

/** What is open now beyond what was, as `TCPSocketWrap x 2`. */
function excess(before: ReadonlyMap<string, number>): string[] {
  return [...countHeld()]
    .map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const)
    .filter(([, more]) => more > 0)
    .map(([kind, more]) => `${kind} x ${more}`)
}

function countHeld(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    if (HELD.test(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
