import type { Api } from 'grammy'

const TIMEOUT_MS = 3_000

/** Takes away a message that stood in for a growing answer. What cannot be taken away stays: nothing waits for it. */
export async function takeAway(api: Api, address: string, messageId: string): Promise<void> {
  await api.deleteMessage(address, Number(messageId), AbortSignal.timeout(TIMEOUT_MS) as never).catch(() => {})
}
