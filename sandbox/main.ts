import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startSandbox } from './sandbox.ts'

const { values } = parseArgs({
  options: {
    host: { type: 'string' },
    port: { type: 'string', default: '0' },
    token: { type: 'string', default: `4200000042:${randomBytes(26).toString('base64url')}` },
    'bot-username': { type: 'string' },
    'app-url': { type: 'string', default: 'http://localhost:3000' },
    'retry-second-ms': { type: 'string' },
  },
})

const sandbox = await startSandbox({
  port: Number(values.port),
  token: values.token,
  appUrl: values['app-url'],
  ...(values.host ? { host: values.host } : {}),
  ...(values['bot-username'] ? { botUsername: values['bot-username'] } : {}),
  ...(values['retry-second-ms'] ? { retrySecondMs: Number(values['retry-second-ms']) } : {}),
})
process.stdout.write(`ready ${sandbox.url}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}
