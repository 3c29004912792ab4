import type { Command } from '../telegram/settings.ts'
import { h } from './element.ts'

/** The bot's commands: all of them from the menu button, the fitting ones while a text begins with a slash. */
export function createCommandList(choose: (command: string) => void) {
  const element = h('ul', { class: 'command-list', hidden: true })
  let all: Command[] = []

  function draw(commands: Command[]) {
    element.hidden = commands.length === 0
    element.replaceChildren(
      ...commands.map(({ command, description }) =>
        h(
          'li',
          {},
          h('button', { type: 'button', onclick: () => choose(command) }, h('b', {}, `/${command}`), ` ${description}`),
        ),
      ),
    )
  }

  return {
    element,
    set: (commands: Command[]) => {
      all = commands
    },
    filter: (text: string) =>
      draw(/^\/\S*$/u.test(text) ? all.filter((each) => each.command.startsWith(text.slice(1))) : []),
    toggle: () => draw(element.hidden ? all : []),
    hide: () => draw([]),
  }
}
