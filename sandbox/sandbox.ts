import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { startMailbox } from './mailbox/index.ts'
import { type ModelOptions, startModel } from './model/index.ts'
import { startIssuer } from './oidc/index.ts'
import { pageRoutes } from './page/routes.ts'
import { simRoutes } from './sim/routes.ts'
import {
  botApiRoutes,
  createTelegramWorld,
  createWorld,
  type Person,
  runWebhookReply,
  type TelegramWorld,
  type World,
} from './telegram/index.ts'
import { widgetRoutes } from './widget/routes.ts'

const BOT_NAME = 'Vitte'
const BOT_USERNAME_DEFAULT = 'vitte_sandbox_bot'
const MODEL_NAME = 'openai-compatible:demo'

export type SandboxOptions = {
  host?: string
  /** 0 takes any free port. */
  port: number
  token: string
  botUsername?: string
  /** PUBLIC_URL of Vitte: for the page's links and the redirect check of the OpenID Connect issuer. */
  appUrl: string
  model?: ModelOptions
  people?: readonly Person[]
  /** Length of Telegram's second between webhook retries, 1000 unless a test is in a hurry. */
  retrySecondMs?: number
  now?: () => number
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>

/**
 * Starts Telegram, the demonstration model, the mailbox and the sign-in issuer on one port of this machine (mail on a second one).
 * Rejects when the port is taken.
 */
export async function startSandbox(options: SandboxOptions) {
  const host = options.host ?? '127.0.0.1'
  const address = { appUrl: options.appUrl }
  const app = new Hono<{ Bindings: HttpBindings }>()
  const { server, url } = await listen(app, host, options.port)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const world: World = createWorld({
    ...options,
    botName: BOT_NAME,
    botUsername: options.botUsername ?? BOT_USERNAME_DEFAULT,
    signingKey: privateKey,
    onWebhookReply: (reply) => runWebhookReply(world, reply),
  })
  const telegram = createTelegramWorld(world)
  const mailbox = await startMailbox({ host, port: 0 })
  const model = startModel(options.model)
  const clientSecret = randomBytes(24).toString('base64url')
  const oidc = { issuer: `${url}/oidc`, clientId: String(world.bot.id), clientSecret }
  const issuer = startTelegramIssuer(oidc, telegram, address)
  const about = {
    url,
    apiRoot: url,
    token: options.token,
    botUsername: world.bot.username,
    botName: world.bot.first_name,
    signaturePublicKey: rawKey(publicKey),
    oidc,
    smtpUrl: mailbox.smtpUrl,
    llm: { baseUrl: `${url}/model/v1`, model: MODEL_NAME },
  }
  const setAppUrl = (appUrl: string) => {
    address.appUrl = appUrl
  }
  app.route('/sim', simRoutes(telegram, { about: () => ({ ...about, ...address }), setAppUrl }))
  app.route('/model', model.routes)
  app.route('/mailbox', mailbox.routes)
  app.route('/oidc', issuer.routes)
  app.route('/', widgetRoutes(telegram, address))
  app.route('/', pageRoutes())
  app.route('/', botApiRoutes(world))

  async function stop() {
    world.webhook.set(null)
    model.reset()
    await mailbox.stop()
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  }

  /** `setAppUrl` is for tests that learn Vitte's address only after this has started. */
  return { ...about, telegram, mailbox, model, issuer, setAppUrl, stop }
}

async function listen(app: Hono<{ Bindings: HttpBindings }>, host: string, port: number) {
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { server, url: `http://${host}:${(server.address() as AddressInfo).port}` }
}

type Client = { issuer: string; clientId: string; clientSecret: string }

/** Plays oauth.telegram.org: one redirect origin, and leave to write when the person grants it (scope telegram:bot_access). */
function startTelegramIssuer(client: Client, telegram: TelegramWorld, address: { appUrl: string }) {
  return startIssuer({
    ...client,
    people: telegram.people,
    redirectAllowed: (uri) => URL.canParse(uri) && new URL(uri).origin === new URL(address.appUrl).origin,
    onAllow: ({ id }, { botAccess }) => {
      if (botAccess) telegram.grantWriteAccess(id)
    },
  })
}

/** The 32 bytes of an Ed25519 public key in hex, as Telegram publishes its own. */
function rawKey(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
}
