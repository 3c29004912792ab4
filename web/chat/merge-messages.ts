import type { Message } from '#contract/api'

/** Puts messages in their places by `seq`; one that is already there is replaced by the newer knowledge. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const last = known.at(-1)
  const first = known[0]
  if (more.length === 0) return known
  if (!last || !first) return sorted(more)
  const fresh = sorted(more)
  if ((fresh[0]?.seq ?? 0) > last.seq) return [...known, ...fresh]
  if ((fresh.at(-1)?.seq ?? 0) < first.seq) return [...fresh, ...known]
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of fresh) bySeq.set(message.seq, message)
  return sorted([...bySeq.values()])
}

function sorted(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => a.seq - b.seq)
}
