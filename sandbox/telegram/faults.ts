export type FaultKind =
  | '429'
  | '500'
  | '502'
  | '504'
  | 'error'
  | 'ok_false'
  | 'html'
  | 'half'
  | 'result'
  | 'reset'
  | 'hang'
  | 'delay'

/** One way for the Bot API to misbehave. Without `method` or `chatId` it meets every call; without `times` it lasts until cleared. */
export type Fault = {
  kind: FaultKind
  method?: string
  chatId?: number
  times?: number
  /** The call takes effect first and only its answer is spoilt: the ambiguous case. */
  afterEffect?: boolean
  retryAfterSeconds?: number
  delayMs?: number
  /** For `error` and `ok_false`: what Telegram is made to say; for `html` the status of the page. */
  errorCode?: number
  description?: string
  /** For `result`: what a good answer gives instead of what it should. */
  result?: unknown
}

export type StandingFault = Fault & { id: number; met: number }

/** The faults in force; `take` hands out the oldest that fits and counts it. */
export function createFaults() {
  let standing: StandingFault[] = []
  let lastId = 0

  function add(fault: Fault): StandingFault {
    lastId += 1
    const added = { ...fault, id: lastId, met: 0 }
    standing.push(added)
    return added
  }

  function take(method: string, chatId: number | undefined): StandingFault | null {
    const fault = standing.find((each) => fits(each, method, chatId))
    if (!fault) return null
    fault.met += 1
    if (fault.times !== undefined && fault.met >= fault.times) standing = standing.filter((each) => each !== fault)
    return fault
  }

  function clear(id?: number) {
    standing = id === undefined ? [] : standing.filter((each) => each.id !== id)
  }

  return { add, take, clear, list: () => [...standing] }
}

function fits(fault: Fault, method: string, chatId: number | undefined): boolean {
  if (fault.method !== undefined && fault.method.toLowerCase() !== method.toLowerCase()) return false
  return fault.chatId === undefined || fault.chatId === chatId
}
