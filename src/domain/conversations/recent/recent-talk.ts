import { createHash } from 'node:crypto'
import type { Place } from '#platform/vault'
import type { HistoryMessage } from '../message.ts'
import type { Part } from './recent-store.ts'

/** What was read of a conversation for a prompt: every line of a part of it, opened, newest first. */
export interface RecentTalk {
  lines: HistoryMessage[]
  /** Nothing was said before. */
  whole: boolean
}

/** Another way of writing it down gets another number, and the old ones do not open any more. */
const FORM = 'recent messages 1'
const ID_BYTES = 16
const SEQ_BYTES = 8

/** Where it is sealed: another conversation's, or another user's, does not open here. */
export function talkPlace(userId: string, conversationId: string): Place {
  return { table: FORM, id: `${userId}/${conversationId}` }
}

/** From where to where it reaches; from the beginning when it is the whole. */
export function partOf({ lines, whole }: RecentTalk): Part {
  return { bottomSeq: whole ? 0 : (lines.at(-1)?.seq ?? 0), topSeq: lines[0]?.seq ?? 0 }
}

/** What `readSince` says of the same lines. */
export function fingerprint({ lines }: RecentTalk): Buffer {
  const bytes = Buffer.alloc(lines.length * (ID_BYTES + SEQ_BYTES))
  for (const [index, { id, seq }] of lines.entries()) {
    const start = index * (ID_BYTES + SEQ_BYTES)
    bytes.write(id.replaceAll('-', ''), start, 'hex')
    bytes.writeBigInt64BE(BigInt(seq), start + ID_BYTES)
  }
  return createHash('sha256').update(bytes).digest()
}

type Written = [
  ...[id: string, seq: number, turnId: string | null, role: string, channel: string, place: string],
  ...[contentType: string, text: string, createdAtMs: number],
]

export function writeDown({ lines, whole }: RecentTalk): Buffer {
  const written: Written[] = lines.map((line) => [
    line.id,
    line.seq,
    line.turnId,
    line.role,
    line.channel,
    line.interface,
    line.contentType,
    line.text,
    line.createdAt.getTime(),
  ])
  return Buffer.from(JSON.stringify({ whole, lines: written }))
}

export function readBack(bytes: Buffer, userId: string, conversationId: string): RecentTalk {
  const { whole, lines } = JSON.parse(bytes.toString('utf8')) as { whole: boolean; lines: Written[] }
  return {
    whole,
    lines: lines.map(([id, seq, turnId, role, channel, place, contentType, text, createdAtMs]) => ({
      id,
      userId,
      seq,
      conversationId,
      turnId,
      role: role as HistoryMessage['role'],
      channel: channel as HistoryMessage['channel'],
      interface: place as HistoryMessage['interface'],
      contentType: contentType as HistoryMessage['contentType'],
      text,
      createdAt: new Date(createdAtMs),
    })),
  }
}
