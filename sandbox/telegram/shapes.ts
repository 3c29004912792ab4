/** Shapes as they stand in Bot API requests and answers: snake_case, times in whole seconds. Only what a private chat needs. */

export type WireUser = {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
  is_premium?: true
}

export type WireChat = { id: number; type: 'private'; first_name: string; last_name?: string; username?: string }

export type Entity = { type: string; offset: number; length: number; url?: string; language?: string }

export type InlineButton = {
  text: string
  callback_data?: string
  url?: string
  web_app?: { url: string }
  pay?: boolean
  style?: string
}

export type InlineKeyboard = { inline_keyboard: InlineButton[][] }

export type WireFile = { file_id: string; file_unique_id: string; file_size?: number }

export type WirePhoto = WireFile & { width: number; height: number }

export type WireInvoice = {
  title: string
  description: string
  start_parameter: string
  currency: string
  total_amount: number
}

export type WirePayment = {
  currency: string
  total_amount: number
  invoice_payload: string
  telegram_payment_charge_id: string
  provider_payment_charge_id?: string
  subscription_expiration_date?: number
  is_recurring?: true
  is_first_recurring?: true
}

/** What a message can hold besides its place and time. */
export type Content = {
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  photo?: WirePhoto[]
  voice?: WireFile & { duration: number; mime_type: string }
  sticker?: WireFile & {
    type: string
    width: number
    height: number
    is_animated: boolean
    is_video: boolean
    emoji?: string
  }
  invoice?: WireInvoice
  successful_payment?: WirePayment
  refunded_payment?: WirePayment
  write_access_allowed?: { from_request?: boolean }
  reply_markup?: InlineKeyboard
  reply_to_message?: WireMessage
}

export type WireMessage = {
  message_id: number
  date: number
  edit_date?: number
  chat: WireChat
  from: WireUser
} & Content

export type WireCallbackQuery = {
  id: string
  from: WireUser
  message: WireMessage
  chat_instance: string
  data: string
}

export type WireMember = { user: WireUser; status: 'member' | 'kicked'; until_date?: number }

export type WirePreCheckout = {
  id: string
  from: WireUser
  currency: string
  total_amount: number
  invoice_payload: string
}

/** Exactly one of these stands in an update (Bot API Update). */
export type UpdateBody = {
  message?: WireMessage
  edited_message?: WireMessage
  callback_query?: WireCallbackQuery
  my_chat_member?: {
    chat: WireChat
    from: WireUser
    date: number
    old_chat_member: WireMember
    new_chat_member: WireMember
  }
  pre_checkout_query?: WirePreCheckout
  stopped_message_generation?: { chat: WireChat; draft_id: number }
  subscription?: { user: WireUser; invoice_payload: string; state: 'canceled' | 'active' | 'failed' }
}

export type Update = { update_id: number } & UpdateBody
