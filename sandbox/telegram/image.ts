/** What the first bytes of an image say; null when it is none that Telegram would take as a photo. */
export type ImageFacts = { mimeType: string; width: number; height: number }

const UNKNOWN_SIDE_PIXELS = 800

export function readImage(bytes: Uint8Array): ImageFacts | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length > 24 && data.subarray(1, 4).toString('latin1') === 'PNG') {
    return { mimeType: 'image/png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
  }
  if (data[0] === 0xff && data[1] === 0xd8) return ofUnknownSize('image/jpeg')
  const head = data.subarray(0, 12).toString('latin1')
  if (head.startsWith('GIF8')) return ofUnknownSize('image/gif')
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return ofUnknownSize('image/webp')
  return null
}

function ofUnknownSize(mimeType: string): ImageFacts {
  return { mimeType, width: UNKNOWN_SIDE_PIXELS, height: UNKNOWN_SIDE_PIXELS }
}

/** A one-pixel PNG, for people who send a photo and nobody cares which. */
export const PLACEHOLDER_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPkz/BfDwAEOgGAxWnlCQAAAABJRU5ErkJggg==',
  'base64',
)
