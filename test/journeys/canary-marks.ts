import { canary } from './canary-steps.ts'

/** What one person says, and what is said to them. */
export const texts = {
  bot: canary('message in the bot'),
  site: canary('message on the site'),
  app: canary('message in the Mini App'),
  reply: canary('reply'),
  fact: canary('fact'),
  edited: canary('edited fact'),
  summary: canary('summary'),
  reminder: canary('reminder'),
  support: canary('support request'),
  failing: canary('message without an answer'),
  refused: canary('message that Telegram refuses'),
  broken: canary('message in a broken request'),
  dying: canary('message in the error of a crash'),
  late: canary('message while the database was away'),
}

/** Who they are. */
export const names = {
  first: canary('first name'),
  username: canary('username'),
  mail: canary('mail address'),
  device: canary('device'),
  path: canary('path'),
}

/** A module that lets its process die of an error that carries everything. */
export function dyingAt(signal: NodeJS.Signals): string {
  const { text } = texts.dying
  const error = `Object.assign(new Error('${text}'), { payload: { text: '${text}' } })`
  return `data:text/javascript,${encodeURIComponent(`process.on('${signal}', () => { throw ${error} })`)}`
}
