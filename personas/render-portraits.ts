import { readdir, readFile, writeFile } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'
import { encodePng } from './encode-png.ts'

const SIDE_PX = 800
const PNG_MAX_BYTES = 250_000

/** Draws every portraits/*.svg as a PNG of the same name, for Telegram. Usage: node personas/render-portraits.ts <path of Chromium> */
async function renderPortraits(chromiumPath: string): Promise<void> {
  const folder = new URL('./portraits/', import.meta.url)
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.svg')) continue
      const png = encodePng(await drawPixels(page, await readFile(new URL(name, folder))), SIDE_PX, SIDE_PX)
      if (png.length > PNG_MAX_BYTES) throw new Error(`${name} becomes a PNG of ${png.length} bytes`)
      await writeFile(new URL(name.replace(/\.svg$/, '.png'), folder), png)
    }
  } finally {
    await browser.close()
  }
}

/** Chromium dithers gradients, which PNG stores badly: drawn twice as large, the noise averages out; one bit of each colour goes too. */
async function drawPixels(page: Page, svg: Buffer): Promise<Buffer> {
  const source = `data:image/svg+xml;base64,${svg.toString('base64')}`
  const drawn = await page.evaluate(
    async ({ source, side }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const context = new OffscreenCanvas(side * 2, side * 2).getContext('2d')
      if (!context) throw new Error('this Chromium has no canvas')
      context.drawImage(image, 0, 0, side * 2, side * 2)
      const { data } = context.getImageData(0, 0, side * 2, side * 2)
      const rgb = new Uint8Array(side * side * 3)
      let next = 0
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          const first = (y * side * 4 + x * 2) * 4
          for (const channel of [first, first + 1, first + 2]) {
            const corners = [channel, channel + 4, channel + side * 8, channel + side * 8 + 4]
            const mean = corners.reduce((sum, corner) => sum + (data[corner] ?? 0), 0) / corners.length
            rgb[next++] = Math.min(255, Math.round(mean / 2) * 2)
          }
        }
      }
      return rgb.toBase64()
    },
    { source, side: SIDE_PX },
  )
  return Buffer.from(drawn, 'base64')
}

const chromiumPath = process.argv[2]
if (chromiumPath === undefined) throw new Error('name the path of Chromium')
await renderPortraits(chromiumPath)
