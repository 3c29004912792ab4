import type { Hono } from 'hono'
import { type Control, type ControlPatch, freshControl, setSwitches } from './control.ts'
import type { ChatMessage } from './conversation.ts'
import { modelApi } from './model-api.ts'

const DELAY_MS_PER_WORD = 30
const CALLS_KEPT = 500

export type ModelOptions = {
  /** Time between words; a model whose name ends in `-instant` has none. */
  delayMsPerWord?: number
  callsKept?: number
}

/** One request as it came in, and how it ended. */
export type Call = {
  number: number
  receivedAt: string
  model: string
  stream: boolean
  messages: ChatMessage[]
  maxTokens: number | null
  authorization: string | null
  /** `aborted`: the caller went away before the end. */
  outcome: 'running' | 'answered' | 'aborted' | 'failed'
  failure: string | null
  text: string
}

export type Model = {
  routes: Hono
  control(patch?: ControlPatch): Control
  /** Requests for an answer, oldest first. */
  calls(): readonly Call[]
  /** Requests for summary and facts of a talk, oldest first: they are in no other list. */
  digests(): readonly Call[]
  /** Forgets calls and failures, lets everything that hangs or is held go on. */
  reset(): void
}

/** What the routes share with the controls. */
export type ModelState = {
  control: Control
  calls: Call[]
  digests: Call[]
  /** How many of each. */
  callsKept: number
  delayMsPerWord: number
  /** Ends on reset: whatever hangs listens to it. */
  life: AbortController
  /** Callers waiting for their `hold` to be lifted; woken, they look for themselves. */
  held: Set<() => void>
}

/** The demonstration model with its controls, as routes to mount anywhere. Holds no port. */
export function startModel(options: ModelOptions = {}): Model {
  const state: ModelState = {
    control: freshControl(),
    calls: [],
    digests: [],
    callsKept: options.callsKept ?? CALLS_KEPT,
    delayMsPerWord: options.delayMsPerWord ?? DELAY_MS_PER_WORD,
    life: new AbortController(),
    held: new Set(),
  }
  const model = {
    control: (patch: ControlPatch = {}) => {
      setSwitches(state.control, patch)
      letGo(state)
      return structuredClone(state.control)
    },
    calls: () => state.calls,
    digests: () => state.digests,
    reset: () => {
      state.control = freshControl()
      state.calls = []
      state.digests = []
      state.life.abort()
      state.life = new AbortController()
      letGo(state)
    },
  }
  return { ...model, routes: modelApi(state, model) }
}

function letGo({ held }: ModelState): void {
  const waiting = [...held]
  held.clear()
  for (const release of waiting) release()
}

/** The routes alone, for whoever needs no controls in process (they are at `/control` and `/calls` as well). */
export function modelRoutes(options: ModelOptions = {}): Hono {
  return startModel(options).routes
}
