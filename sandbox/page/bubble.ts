import type { ChatMessage, Draft } from '../telegram/chat.ts'
import type { WireMessage } from '../telegram/shapes.ts'
import { api } from './api.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { formattedText } from './formatted-text.ts'
import { inlineKeyboard } from './keyboard.ts'
import { language, words } from './words.ts'

const QUOTE_MAX_LENGTH = 80

export type BubbleDeeds = { command(text: string): void; edit(message: WireMessage): void }

/** One message as it looks in the chat. */
export function bubble(personId: number, message: ChatMessage, deeds: BubbleDeeds): HTMLElement {
  const { wire, author } = message
  const service = serviceLine(wire)
  if (service) return h('li', { class: 'service' }, service)
  const time = new Date(message.atMs).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const mayEdit = author === 'person' && wire.text !== undefined
  return h(
    'li',
    { class: `message from-${author}`, 'data-message': wire.message_id },
    h(
      'div',
      { class: wire.sticker ? 'bubble bare' : 'bubble' },
      wire.reply_to_message ? quote(wire.reply_to_message) : null,
      content(wire, deeds),
      h(
        'span',
        { class: 'stamp' },
        mayEdit &&
          h(
            'button',
            {
              type: 'button',
              class: 'edit',
              'aria-label': words.edit,
              title: words.edit,
              onclick: () => deeds.edit(wire),
            },
            icon('pencil'),
          ),
        wire.edit_date ? `${words.edited} ` : '',
        h('time', {}, time),
      ),
    ),
    author === 'bot' ? inlineKeyboard(personId, wire) : null,
  )
}

/** The growing answer, with its Stop button. */
export function draftBubble(personId: number, draft: Draft): HTMLElement {
  const stop = () => api.deed(personId, 'stop').catch(complain)
  return h(
    'li',
    { class: 'message from-bot draft' },
    h(
      'div',
      { class: 'bubble' },
      h(
        'div',
        { class: draft.text ? 'text growing' : 'text thinking' },
        formattedText(draft.text || words.thinking, draft.text ? draft.entities : [], () => {}),
      ),
    ),
    draft.canStop && !draft.stopped
      ? h(
          'div',
          { class: 'keyboard' },
          h('div', { class: 'keyboard-row' }, h('button', { type: 'button', onclick: () => void stop() }, words.stop)),
        )
      : null,
  )
}

function content(wire: WireMessage, deeds: BubbleDeeds): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const photo = wire.photo?.at(-1)
  const said = wire.text ?? wire.caption
  if (photo)
    fragment.append(
      h('img', {
        class: 'photo',
        src: `/sim/files/${photo.file_id}`,
        alt: words.photoAlt,
        width: photo.width,
        height: photo.height,
      }),
    )
  if (wire.sticker) fragment.append(h('span', { class: 'sticker' }, wire.sticker.emoji ?? '🙂'))
  if (wire.voice)
    fragment.append(
      h('span', { class: 'voice' }, icon('voice'), `${words.voiceMessage}, ${wire.voice.duration} ${words.seconds}`),
    )
  if (wire.invoice) {
    const { title, description, total_amount } = wire.invoice
    fragment.append(
      h(
        'div',
        { class: 'invoice' },
        h('strong', {}, title),
        h('p', {}, description),
        h('span', { class: 'price' }, `${total_amount} ★`),
      ),
    )
  }
  if (said !== undefined) {
    fragment.append(
      h('div', { class: 'text' }, formattedText(said, wire.entities ?? wire.caption_entities ?? [], deeds.command)),
    )
  }
  if (!fragment.hasChildNodes()) fragment.append(h('p', { class: 'text' }, words.otherMessage))
  return fragment
}

function serviceLine(wire: WireMessage): string | null {
  if (wire.successful_payment) return `${words.paid}: ${wire.successful_payment.total_amount} ★`
  if (wire.refunded_payment) return `${words.refunded}: ${wire.refunded_payment.total_amount} ★`
  return wire.write_access_allowed ? words.writeAllowed : null
}

function quote(wire: WireMessage): HTMLElement {
  return h('div', { class: 'quote' }, (wire.text ?? wire.caption ?? words.otherMessage).slice(0, QUOTE_MAX_LENGTH))
}
