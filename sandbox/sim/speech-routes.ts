import { Hono } from 'hono'
import { isRecord, type TelegramWorld } from '../telegram/index.ts'
import { BadAsk, bodyOf, optionalNumber, personIdOf, textOf } from './body.ts'

/** What a person writes: `{text}`, or `{kind: voice|photo|sticker|other}` with what belongs to it. */
export function speechRoutes(telegram: TelegramWorld): Hono {
  const routes = new Hono()

  routes.post('/:id/messages', async (c) => {
    const body = await bodyOf(c)
    return c.json({ message: say(telegram, personIdOf(c), body) }, 201)
  })

  routes.patch('/:id/messages/:messageId', async (c) => {
    const text = textOf(await bodyOf(c), 'text')
    return c.json({ message: telegram.editText(personIdOf(c), Number(c.req.param('messageId')), text) })
  })
  return routes
}

function say(telegram: TelegramWorld, personId: number, body: Record<string, unknown>) {
  switch (body.kind ?? 'text') {
    case 'text':
      return telegram.sendText(personId, textOf(body, 'text'), optionalNumber(body, 'replyTo'))
    case 'voice':
      return telegram.sendVoice(personId, { seconds: optionalNumber(body, 'seconds') })
    case 'photo':
      return telegram.sendPhoto(personId, {
        ...(typeof body.base64 === 'string' ? { bytes: Buffer.from(body.base64, 'base64') } : {}),
        ...(typeof body.caption === 'string' ? { caption: body.caption } : {}),
      })
    case 'sticker':
      return telegram.sendSticker(personId, typeof body.emoji === 'string' ? body.emoji : undefined)
    case 'other':
      return telegram.sendOther(personId, isRecord(body.content) ? body.content : {})
    default:
      throw new BadAsk(`nobody writes a ${String(body.kind)}`)
  }
}
