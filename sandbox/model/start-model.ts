import type { Hono } from 'hono'
import { type Control, type ControlPatch, controlPatch, freshControl } from './control.ts'
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
  calls(): readonly Call[]
  /** Forgets calls and failures, lets everything that hangs or is held go on. */
  reset(): void
}

/** What the routes share with the controls. */
export type ModelState = {
  control: Control
  calls: Call[]
  callsKept: number
  delayMsPerWord: number
  /** Ends on reset: whatever hangs listens to it. */
  life: AbortController
  /** Callers waiting for `hold` to be lifted. */
  held: Set<() => void>
}

/** The demonstration model with its controls, as routes to mount anywhere. Holds no port. */
export function startModel(options: ModelOptions = {}): Model {
  const state: ModelState = {
    control: freshControl(),
    calls: [],
    callsKept: options.callsKept ?? CALLS_KEPT,
    delayMsPerWord: options.delayMsPerWord ?? DELAY_MS_PER_WORD,
    life: new AbortController(),
    held: new Set(),
  }
  const model = {
    control: (patch: ControlPatch = {}) => {
      Object.assign(state.control, controlPatch.parse(patch))
      if (!state.control.hold) letGo(state)
      return structuredClone(state.control)
    },
    calls: () => state.calls,
    reset: () => {
      state.control = freshControl()
      state.calls = []
      state.life.abort()
      state.life = new AbortController()
      letGo(state)
    },
  }
  return { ...model, routes: modelApi(state, model) }
}

function letGo({ held }: ModelState): void {
  for (const release of held) release()
  held.clear()
}

/** The routes alone, for whoever needs no controls in process (they are at `/control` and `/calls` as well). */
export function modelRoutes(options: ModelOptions = {}): Hono {
  return startModel(options).routes
}
