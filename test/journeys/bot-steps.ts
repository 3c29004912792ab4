import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { type BotChat, enterBot } from './bot-chat.ts'

export const LAST_TRAM = 'Арина · «Последний трамвай»'

export interface Talker {
  id: number
  bot: BotChat
  app: Person
  userId: string
}

/** Somebody of age in the bot, with the Mini App open beside it. */
export async function botPerson(world: World, t: Scope, languageCode = 'ru'): Promise<Talker> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode })
  const bot = await enterBot(world.sandbox, id)
  const app = new Person(world.vitte.url, t)
  const user = await app.openMiniApp(world.sandbox, id)
  return { id, bot, app, userId: user.id }
}

/** The same in the middle of a talk with Arina, whose opening line has come. */
export async function botTalker(world: World, t: Scope, languageCode = 'ru'): Promise<Talker> {
  const talker = await botPerson(world, t, languageCode)
  await talker.app.startConversation('arina')
  await heardOpening(talker)
  return talker
}

/** Has said no to being written to first, so that the first answer is followed by nothing. */
export async function notToBeAsked(app: Person): Promise<void> {
  granted(await app.client.call('/api/me', { method: 'PATCH', body: { proactive: { enabled: false } } }))
}

/** Waits until the chat has the opening line as often as the history. */
export async function heardOpening({ bot, app }: Talker): Promise<void> {
  const opening = (await app.history()).findLast(({ role, turn }) => role === 'assistant' && !turn)?.text ?? ''
  await bot.hears((text) => text === opening)
}

/** Sends a command and takes the menu that comes, by one of its buttons. */
export async function menu(bot: BotChat, command: string, button: string): Promise<number> {
  const before = bot.messages().length
  bot.send(command)
  const shown = await waitFor(
    () =>
      bot
        .messages()
        .slice(before)
        .find(({ wire }) => wire.reply_markup?.inline_keyboard.flat().some(({ text }) => text === button)),
    { what: `${command} with "${button}"; there are: ${JSON.stringify(bot.texts())}` },
  )
  return shown.wire.message_id
}
