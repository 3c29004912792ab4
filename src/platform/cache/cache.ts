/** Larger values are not kept: whoever asks for them reads them where they come from. */
export const VALUE_BYTES_MAX = 131_072

/** Bytes that can be made anew at any time, kept for a while under a key. Never throws: at worst nothing is found. */
export interface Cache {
  /** Null when it is not there, or nobody says so in time. */
  get(key: string): Promise<Buffer | null>
  /** @param ttlMs forgotten after so many milliseconds, or before */
  set(key: string, value: Buffer, ttlMs: number): Promise<void>
  forget(key: string): Promise<void>
}
