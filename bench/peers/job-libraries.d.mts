interface Running {
  stop(): Promise<void>
}
type Handle = (n: number) => Promise<void>
export declare const GRAPHILE_ADD: string
export declare function prepareGraphile(connectionString: string): Promise<void>
export declare function runGraphile(options: {
  connectionString: string
  concurrency: number
  handle: Handle
}): Promise<Running>
export declare function openBullQueue(redisUrl: string): {
  add(n: number): Promise<unknown>
  addMany(numbers: number[]): Promise<unknown>
  close(): Promise<void>
}
export declare function runBull(options: { redisUrl: string; concurrency: number; handle: Handle }): Promise<Running>
