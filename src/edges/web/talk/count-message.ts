import { type AppContext, type Limits, strangerOf } from '#edges/http'

/**
 * A question, new or asked again: each may cost a call to a model.
 * @throws Problem 429 `rate_limited` when this person, or all people of this client together, ask too fast
 */
export async function countMessage(c: AppContext, { limits }: { limits: Limits }): Promise<void> {
  await limits.take('messagePerUser', c.var.caller.userId)
  const client = strangerOf(c.var.clientAddress)
  if (client !== null) await limits.take('messagePerClient', client)
}
