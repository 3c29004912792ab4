/**
 * The id of the message that a send became, or null where the answer names none: not a message (Bot API "Message":
 * message_id is a positive integer), or one of another chat.
 */
export function sentAs(address: string, result: unknown): string | null {
  if (!isObject(result) || !Number.isSafeInteger(result.message_id) || Number(result.message_id) <= 0) return null
  const elsewhere = isObject(result.chat) && String(result.chat.id) !== address
  return elsewhere ? null : String(result.message_id)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
