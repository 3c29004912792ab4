import type { Signal } from '../telegram/signals.ts'

type Watch = { chat(personId: number): void; people(): void; settings(): void; online(isOnline: boolean): void }

const callbackWaiters = new Map<string, () => void>()

/** Follows the sandbox's events; after a break everything is looked at anew, since events carry no content. */
export function watch(on: Watch) {
  const source = new EventSource('/sim/events')
  const listen = (kind: Signal['kind'], react: (signal: Signal) => void) =>
    source.addEventListener(kind, (event) => react(JSON.parse((event as MessageEvent<string>).data)))
  listen('chat', (signal) => signal.kind === 'chat' && on.chat(signal.personId))
  listen('people', on.people)
  listen('settings', on.settings)
  listen('callback', (signal) => {
    if (signal.kind === 'callback') callbackWaiters.get(signal.queryId)?.()
  })
  source.onopen = () => {
    on.online(true)
    on.people()
    on.settings()
  }
  source.onerror = () => on.online(false)
}

/** Calls back once when the bot answers this pressed button; returns how to stop waiting. */
export function onCallback(queryId: string, react: () => void): () => void {
  const stop = () => callbackWaiters.delete(queryId)
  callbackWaiters.set(queryId, () => {
    stop()
    react()
  })
  return stop
}
