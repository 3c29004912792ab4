import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { after } from 'node:test'

/** A moderation service that knows one phrase and breaks at another; `heard` is filled with what it is asked about. */
export async function startModeration(heard: string[]): Promise<{ url: string }> {
  const server = createServer(async (request, response) => {
    const { input } = JSON.parse(await text(request)) as { input: string }
    heard.push(input)
    const categories = { 'self-harm/intent': input.includes('серый океан'), violence: true }
    response.writeHead(input.includes('сломайся') ? 500 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ results: [{ categories }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1` }
}
