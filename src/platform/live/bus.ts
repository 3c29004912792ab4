import { randomBytes } from 'node:crypto'
import { createSeal } from './seal-event.ts'

const CHANNEL_PREFIX = 'live:'
const ORIGIN_BYTES = 16

/** What goes over Redis: a sealed payload that tells which process it comes from. */
export interface Bus {
  channelOf(topic: string): string
  topicOf(channel: string): string
  pack(topic: string, text: string): Buffer
  /** `own`: packed by this process. Undefined: not packed with our key for this topic. */
  unpack(topic: string, payload: Buffer): { text: string; own: boolean } | undefined
}

/** What a payload says when earlier events of its topic could not be sent; no JSON is empty. */
export const GAP = ''

export function createBus(busKey: Buffer): Bus {
  const seal = createSeal(busKey)
  const origin = randomBytes(ORIGIN_BYTES)
  return {
    channelOf: (topic) => CHANNEL_PREFIX + topic,
    topicOf: (channel) => channel.slice(CHANNEL_PREFIX.length),
    pack: (topic, text) => seal.close(topic, Buffer.concat([origin, Buffer.from(text)])),
    unpack(topic, payload) {
      const plain = seal.open(topic, payload)
      if (!plain || plain.length < ORIGIN_BYTES) return undefined
      return { text: plain.toString('utf8', ORIGIN_BYTES), own: plain.subarray(0, ORIGIN_BYTES).equals(origin) }
    },
  }
}
