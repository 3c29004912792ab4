import type { Person } from './person.ts'

export type Command = { command: string; description: string }
export type MenuButton = { type: 'commands' | 'default' } | { type: 'web_app'; text: string; web_app: { url: string } }

export type Settings = ReturnType<typeof createSettings>

/** What the bot has told Telegram about itself: commands per scope and language, menu buttons, descriptions. */
export function createSettings() {
  const commands = new Map<string, Command[]>()
  const menuButtons = new Map<number | 'default', MenuButton>()
  const about = new Map<string, string>()

  /** The narrowest list wins: this chat, then private chats, then everybody; in each the language first (Bot API BotCommandScope). */
  function commandsFor(person: Person): Command[] {
    for (const scope of [`chat:${person.id}`, 'all_private_chats', 'default']) {
      const found = commands.get(`${scope}|${person.languageCode}`) ?? commands.get(`${scope}|`)
      if (found) return found
    }
    return []
  }

  /** What stands in an empty chat (Bot API setMyDescription). */
  const descriptionFor = (person: Person): string =>
    about.get(`description|${person.languageCode}`) ?? about.get('description|') ?? ''

  const menuButtonFor = (chatId: number | 'default'): MenuButton =>
    menuButtons.get(chatId) ?? menuButtons.get('default') ?? { type: 'commands' }

  return { commands, commandsFor, descriptionFor, menuButtons, menuButtonFor, about }
}
