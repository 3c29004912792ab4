// The least that a bot does: says again what it was told.
import { Telegraf } from 'telegraf'
import { message } from 'telegraf/filters'

const [token, apiRoot] = process.argv.slice(2)
const bot = new Telegraf(token, { telegram: { apiRoot } })
bot.on(message('text'), (context) => context.reply(context.message.text))
process.on('disconnect', () => process.exit(0))
await bot.launch(() => process.send({ kind: 'ready' }))
