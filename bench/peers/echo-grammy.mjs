// The least that a bot does: says again what it was told.
import { Bot } from 'grammy'

const [token, apiRoot] = process.argv.slice(2)
const bot = new Bot(token, { client: { apiRoot } })
bot.on('message:text', (context) => context.reply(context.message.text))
process.on('disconnect', () => process.exit(0))
await bot.start({ onStart: () => process.send({ kind: 'ready' }) })
