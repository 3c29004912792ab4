import { integer, isRecord, json, list, type Params, text } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Command } from '../settings.ts'
import type { Method } from './method.ts'

const COMMANDS_MAX = 100
const NAME = /^[a-z0-9_]{1,32}$/u
const DESCRIPTION_MAX_LENGTH = 256

/** Bot API setMyCommands: one list for each scope and language. */
export const setMyCommands: Method = (world, params) => {
  const commands = (list(params, 'commands') ?? []).map(readCommand)
  if (commands.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  world.settings.commands.set(place(params), commands)
  world.signals.emit({ kind: 'settings' })
  return true
}

/** Bot API getMyCommands. */
export const getMyCommands: Method = (world, params) => world.settings.commands.get(place(params)) ?? []

/** Bot API deleteMyCommands. */
export const deleteMyCommands: Method = (world, params) => {
  world.settings.commands.delete(place(params))
  world.signals.emit({ kind: 'settings' })
  return true
}

function readCommand(value: unknown): Command {
  const { command: name, description } = isRecord(value) ? value : {}
  const command = typeof name === 'string' ? name.replace(/^\//u, '') : ''
  if (!NAME.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (typeof description !== 'string' || description === '' || description.length > DESCRIPTION_MAX_LENGTH) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  return { command, description }
}

function place(params: Params): string {
  const scope = json(params, 'scope')
  const type = isRecord(scope) && typeof scope.type === 'string' ? scope.type : 'default'
  const language = text(params, 'language_code') ?? ''
  if (language !== '' && !/^[a-z]{2}$/u.test(language)) throw badRequest('BOT_COMMAND_LANGUAGE_INVALID')
  const name = type === 'chat' && isRecord(scope) ? `chat:${integer({ values: scope, uploads: {} }, 'chat_id')}` : type
  return `${name}|${language}`
}
