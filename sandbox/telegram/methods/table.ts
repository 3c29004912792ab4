import * as aboutBot from './about-bot.ts'
import { answerCallbackQuery } from './answer-callback.ts'
import * as commands from './commands.ts'
import * as drafts from './drafts.ts'
import * as editing from './edit-message.ts'
import { getFile } from './get-file.ts'
import * as invoices from './invoices.ts'
import type { Method } from './method.ts'
import * as receiving from './receive-updates.ts'
import { sendMessage } from './send-message.ts'
import { sendPhoto } from './send-photo.ts'
import * as stars from './stars.ts'

/** Every method this Telegram knows; names are compared without case, as Telegram does. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...aboutBot,
    ...commands,
    ...drafts,
    ...editing,
    ...invoices,
    ...receiving,
    ...stars,
    answerCallbackQuery,
    getFile,
    sendMessage,
    sendPhoto,
  }).map(([name, method]) => [name.toLowerCase(), method]),
)
