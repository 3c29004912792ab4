/** What we ask Telegram for; a list once given replaces the one before (Bot API setWebhook, allowed_updates). */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'stopped_message_generation',
  'pre_checkout_query',
  'subscription',
] as const
