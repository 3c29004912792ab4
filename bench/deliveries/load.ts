/** How a slice is driven; the same for both sides. */
export interface Load {
  /** Deliveries under way at once. */
  atOnce: number
  sendMs: number
  /** Of `performance.now()`: when nothing new is begun. */
  untilMs: number
}
