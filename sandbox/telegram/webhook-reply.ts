import { invoke } from './invoke.ts'
import { isRecord } from './params.ts'
import type { World } from './world.ts'

/** These make no sense where nobody reads the result (tdlib/telegram-bot-api, WebhookActor). */
const IGNORED = /^(get|setwebhook$|deletewebhook$|close$|logout$)/iu

/** Carries out the method call that a bot may put into its answer to a webhook; the result is lost, as at Telegram. */
export function runWebhookReply(world: World, reply: unknown) {
  if (!isRecord(reply) || typeof reply.method !== 'string' || IGNORED.test(reply.method)) return
  void invoke(world, reply.method, { values: reply, uploads: {} })
}
