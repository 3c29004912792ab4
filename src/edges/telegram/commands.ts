/** What the bot understands, in the order in which people are shown it. */
export const COMMANDS = [
  'start',
  'chat',
  'subscribe',
  'credits',
  'settings',
  'remind',
  'memory',
  'link',
  'report',
  'export',
  'delete',
  'paysupport',
  'terms',
  'privacy',
  'help',
] as const
