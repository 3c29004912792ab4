import { Agent, get } from 'node:http'
import { tokenOf } from './house.ts'

/** Reads pages over HTTP as the Mini App does, one connection kept open. */
export function httpPages(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    read: (number: number, { before, limit }: { before: number; limit: number }) =>
      body(`${url}/api/messages?limit=${limit}&before=${before}`, {
        agent,
        headers: { authorization: `Bearer ${tokenOf(number)}` },
      }),
    close: () => agent.destroy(),
  }
}

function body(url: string, options: object): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`a page was answered with ${response.statusCode}: ${text}`))
      })
    }).on('error', reject)
  })
}
