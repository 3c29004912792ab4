import { writableChat } from '../chat.ts'
import { postMessage } from '../deeds/post-message.ts'
import type { StoredFile } from '../files.ts'
import { readImage } from '../image.ts'
import { integer, type Params, text } from '../params.ts'
import { readText } from '../read-text.ts'
import { badRequest } from '../refusal.ts'
import type { WirePhoto } from '../shapes.ts'
import type { World } from '../world.ts'
import type { Method } from './method.ts'
import { readFrame } from './send-message.ts'

const PHOTO_MAX_BYTES = 10 * 1024 * 1024
const UNKNOWN_SIDE_PIXELS = 800

/** Bot API sendPhoto: an upload, an address (shown from there, never fetched here) or a file_id. */
export const sendPhoto: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const photo = readPhoto(world, params)
  const caption = readText(params, 'caption')
  return postMessage(world, chat, 'bot', {
    photo: [photo],
    ...(caption ? { caption: caption.text } : {}),
    ...(caption && caption.entities.length > 0 ? { caption_entities: caption.entities } : {}),
    ...readFrame(chat, params),
  }).wire
}

function readPhoto(world: World, params: Params): WirePhoto {
  const named = text(params, 'photo')
  const upload = params.uploads[named?.startsWith('attach://') ? named.slice('attach://'.length) : 'photo']
  if (upload) {
    if (upload.bytes.length > PHOTO_MAX_BYTES) throw badRequest('file is too big')
    const facts = readImage(upload.bytes)
    if (!facts) throw badRequest('IMAGE_PROCESS_FAILED')
    const file = world.files.put({ bytes: upload.bytes }, facts.mimeType, 'photos')
    return { ...asPhoto(file), width: facts.width, height: facts.height, file_size: upload.bytes.length }
  }
  if (!named) throw badRequest('there is no photo in the request')
  if (/^https?:\/\//u.test(named)) return asPhoto(world.files.put({ url: named }, 'image/jpeg', 'photos'))
  const known = world.files.get(named)
  if (!known) throw badRequest('wrong remote file identifier specified: Wrong string length')
  return asPhoto(known)
}

function asPhoto(file: StoredFile): WirePhoto {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    width: UNKNOWN_SIDE_PIXELS,
    height: UNKNOWN_SIDE_PIXELS,
  }
}
