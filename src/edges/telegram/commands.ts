/** What the bot understands, in the order in which people are shown it. */
export const COMMANDS = ['start', 'chat', 'settings', 'memory', 'credits', 'link', 'report', 'help'] as const
