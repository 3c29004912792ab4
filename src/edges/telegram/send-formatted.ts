import { classifyError } from './classify-error.ts'
import type { Formatted } from './views/formatted.ts'

/**
 * Sends a text with its markup and, where Telegram cannot read that, once more without: nothing was sent then, and the
 * words are worth more than their looks. `plainly` is told.
 */
export async function sendFormatted<Sent>(
  formatted: Formatted,
  plainly: () => void,
  send: (shown: Formatted) => Promise<Sent>,
): Promise<Sent> {
  try {
    return await send(formatted)
  } catch (error) {
    if (classifyError(error).reason !== 'markup') throw error
    plainly()
    return send({ ...formatted, entities: [] })
  }
}
