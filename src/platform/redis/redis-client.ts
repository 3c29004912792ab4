/** What the rooms need of Redis; the same for one server, a master behind sentinels, and a cluster. */
export interface RedisClient {
  /** Whether every server that serves is connected. */
  readonly isReady: boolean
  /**
   * One command. Rejects at once while the server is away, never queues, and is never repeated after it may have been
   * carried out.
   * @param key the key it is about: in a cluster it says which node
   */
  send(key: string, command: (string | Buffer)[]): Promise<unknown>
  /** Keys of one script share what stands in braces, `pace:{all}:1`: in a cluster they are then on one node. */
  eval(script: string, options: { keys: string[]; arguments?: string[] }): Promise<unknown>
  get(key: string): Promise<Buffer | null>
  /** @param PX milliseconds until it is forgotten */
  set(key: string, value: string | Buffer, options: { PX: number }): Promise<unknown>
  del(key: string): Promise<unknown>
  /** Says it to those who are subscribed to a sharded channel right now. */
  publish(channel: string, payload: Buffer): Promise<unknown>
  /** Subscriptions, on connections of their own. */
  subscribe(hearing: Hearing): Subscriptions
  /** Calls whenever a server is connected, again or for the first time. Returns how to end that. */
  onUp(listener: () => void): () => void
  /** Ends all connections; what is under way is rejected. */
  destroy(): void
}

/** Who listens. */
export interface Hearing {
  message(channel: string, payload: Buffer): void
  wants(channel: string): boolean
  /** All channels that are to be heard right now. */
  wanted(): string[]
  /** Heard from now on, anew or at last: what was said before may have been missed. */
  resumed(channels: string[]): void
}

/** Keeps what `wanted` says subscribed, through lost connections and channels that move to another server. */
export interface Subscriptions {
  /** True once Redis confirms; false when its server is away: it is then asked again, and `resumed` tells. */
  ask(channel: string): Promise<boolean>
  /** Ends the subscription of a channel that nobody wants any more. */
  forget(channel: string): void
  close(): void
}

/** Hears how Redis does. */
export interface RedisWatch {
  answered(durationMs: number): void
  /** away: no connection; refused: Redis said no; unanswered: the connection was lost, or too much is under way. */
  failed(reason: 'away' | 'refused' | 'unanswered'): void
}
