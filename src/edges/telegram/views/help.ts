import { COMMANDS } from '../commands.ts'
import { backTo } from './back-to.ts'
import { type ShowView, say, viewOf } from './view.ts'

/** What this is and every command there is, with the words that Telegram's own list has for them. */
export const showHelp: ShowView = async (deps, at) => {
  const commands = COMMANDS.map((command) => `\n/${command} — ${deps.texts.say(at.locale, `command-${command}`)}`)
  return viewOf(
    deps,
    at,
    [say(deps, at, 'help'), '\n', ...commands, '\n\n', say(deps, at, 'help-site')],
    [[backTo(deps, at, 'main')]],
  )
}
