import { useEffect, useState } from 'react'
import type { Message } from '#contract/api'
import { lastingStorage } from '../shell/guarded-storage.ts'

/** The `seq` up to which this browser had shown the talk before this visit; undefined at the first one. */
export function useSeen(userId: string, messages: readonly Message[]): number | undefined {
  const key = `vitte.seen.${userId}`
  const [seenSeq] = useState(() => Number(lastingStorage.get(key)) || undefined)
  const last = messages.at(-1)?.seq
  useEffect(() => {
    if (last && !document.hidden) lastingStorage.set(key, String(last))
  }, [key, last])
  return seenSeq
}
