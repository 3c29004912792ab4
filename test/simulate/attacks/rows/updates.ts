import { gzipSync } from 'node:zlib'
import { startInVain } from '../../../harness/vitte.ts'
import { waitFor } from '../../../harness/wait-for.ts'
import { holdings, telegramUser } from '../../../journeys/link-steps.ts'
import { webhookCase } from '../../forged/webhook.ts'
import type { Random } from '../../random.ts'
import type { Row } from '../row.ts'
import { FORMER_SECRET, type Scene, WEBHOOK_SECRET } from '../scene.ts'
import { sayOnWire, statusesIn } from '../wire.ts'

const PATH = '/telegram/webhook'
const HEADER = 'X-Telegram-Bot-Api-Secret-Token'
/** Far from what the sandbox counts. */
const UPDATE_ID_FIRST = 1_500_000_000
const UPDATE_IDS = 500_000_000
const WEBHOOK_MUTANTS = 30
const STRANGER_ID_FIRST = 9_100_000_000
const TOO_LARGE_BYTES = 10 * 1024 * 1024

const updateId = (random: Random) => UPDATE_ID_FIRST + random.int(UPDATE_IDS)
const strangerId = (random: Random) => STRANGER_ID_FIRST + random.int(UPDATE_IDS)

/** A message of somebody, as Telegram would bring it. */
function messageOf(id: number, text: string, more: object = {}) {
  const from = { id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const chat = { id, type: 'private', first_name: 'Вера' }
  return { message_id: 800_000_001, date: Math.floor(Date.now() / 1000), chat, from, text, ...more }
}

const post = ({ raw, address }: Scene, update: object, headers: string[] = [HEADER, WEBHOOK_SECRET]) => {
  const usual = ['Content-Type', 'application/json', 'X-Forwarded-For', address()]
  return raw.send({ method: 'POST', path: PATH, headers: [...usual, ...headers], body: JSON.stringify(update) })
}

async function isKnown({ world }: Scene, telegramId: number): Promise<boolean> {
  const found = await world.database.db
    .selectFrom('identities')
    .select('id')
    .where('external_id', '=', String(telegramId))
    .execute()
  return found.length > 0
}

export const updateRows: Row[] = [
  {
    id: 'A1',
    title: 'an update without the secret',
    async attack(scene, tries, random) {
      const id = strangerId(random)
      tries.says(
        'no header',
        await post(scene, { update_id: updateId(random), message: messageOf(id, 'x') }, []),
        '401',
      )
      const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n`
      const said = await sayOnWire(scene.world.vitte.url, head)
      tries.judge('a head that promises a megabyte and sends none', said.slice(0, 12), statusesIn(said)[0] === 401)
      tries.stays('who wrote it is unknown', false, await isKnown(scene, id))
    },
  },
  {
    id: 'A2',
    title: 'a wrong secret, of the same length or with the right beginning',
    async attack(scene, tries, random) {
      const cut = 1 + random.int(WEBHOOK_SECRET.length - 1)
      const near = `${WEBHOOK_SECRET.slice(0, cut)}${'~'.repeat(WEBHOOK_SECRET.length - cut)}`
      tries.says(`right up to sign ${cut}`, await post(scene, { update_id: updateId(random) }, [HEADER, near]), '401')
      await scene.forge(tries, random, 'secrets hurt by chance', webhookCase, WEBHOOK_MUTANTS)
    },
  },
  {
    id: 'A3',
    title: 'a start without a secret',
    async attack(scene, tries, random) {
      const { env } = scene.world.vitte
      const { code, said } = await startInVain({ ...env, PORT: '', MASTER_KEY: '', TELEGRAM_WEBHOOK_SECRET: '' })
      tries.judge(
        'neither a secret nor the key it is made from',
        `ended with ${code}`,
        code === 1 && /MASTER_KEY/.test(said),
      )
      tries.says('an empty secret', await post(scene, { update_id: updateId(random) }, [HEADER, '']), '401')
    },
  },
  {
    id: 'A4',
    title: 'an update in a victim’s name, with a secret that was replaced',
    async attack(scene, tries, random) {
      const before = await holdings(scene.telegram.site)
      const forged = () => ({ update_id: updateId(random), message: messageOf(scene.telegram.id, 'не моё') })
      tries.says('the former secret', await post(scene, forged(), [HEADER, FORMER_SECRET]), '401')
      const list = `${WEBHOOK_SECRET},${FORMER_SECRET}`
      tries.says('both in one header', await post(scene, forged(), [HEADER, list]), '401')
      for (const [secret, wanted] of [
        [FORMER_SECRET, 200],
        [WEBHOOK_SECRET, 200],
        ['neither', 401],
      ] as const) {
        const headers = { 'content-type': 'application/json', [HEADER]: secret }
        const body = JSON.stringify({ update_id: updateId(random) })
        const { status } = await fetch(`${scene.secureUrl}${PATH}`, { method: 'POST', headers, body })
        const late = secret === FORMER_SECRET && status === 401
        tries.judge(`${secret.slice(0, 6)}… in the minute of the change`, String(status), late || status === wanted)
      }
      tries.stays('the victim’s talk', before, await holdings(scene.telegram.site))
    },
  },
  {
    id: 'A5',
    title: 'a captured update again',
    async attack(scene, tries, random) {
      const { id, bot, site } = await telegramUser(scene.world, scene.scope, ['начало'])
      const text = `раз и навсегда ${random.int(2 ** 32)}`
      const update = { update_id: updateId(random), message: messageOf(id, text) }
      const answers = await Promise.all(Array.from({ length: 4 + random.int(6) }, () => post(scene, update)))
      answers.push(await post(scene, update))
      tries.judge(
        `${answers.length} times`,
        answers.map(({ status }) => status).join(' '),
        answers.every(({ status }) => status === 200),
      )
      await bot.hears((said) => said === text)
      const lines = (await site.history()).filter((line) => line.text === text)
      tries.stays('one question, one answer', ['assistant', 'user'], lines.map(({ role }) => role).toSorted())
    },
  },
  {
    id: 'A6',
    title: 'ten megabytes, a slow body, a bomb of gzip',
    async attack(scene, tries, random) {
      const { url } = scene.world.vitte
      const head = (more: string[]) =>
        [`POST ${PATH} HTTP/1.1`, 'Host: x', `${HEADER}: ${WEBHOOK_SECRET}`, 'Content-Type: application/json', ...more]
          .join('\r\n')
          .concat('\r\n\r\n')
      const big = await sayOnWire(url, head([`Content-Length: ${TOO_LARGE_BYTES}`]))
      tries.judge('10 MB announced', big.slice(0, 12), statusesIn(big)[0] === 413)
      const chunk = `${(2 ** 21).toString(16)}\r\n${'a'.repeat(2 ** 21)}\r\n`
      const chunked = await sayOnWire(url, head(['Transfer-Encoding: chunked']) + chunk)
      tries.judge('2 MB in pieces, unannounced', chunked.slice(0, 12), statusesIn(chunked)[0] === 413)
      const bomb = gzipSync(Buffer.alloc(1024 * 1024)).toString('latin1')
      const packed = await sayOnWire(url, head(['Content-Encoding: gzip', `Content-Length: ${bomb.length}`]) + bomb)
      tries.judge('a megabyte of nothing in a kilobyte', packed.slice(0, 12), statusesIn(packed)[0] === 415)
      const slow = await sayOnWire(url, `${head(['Content-Length: 100'])}{"update_id":${updateId(random)}`)
      tries.judge('a body that stops in its midst', slow.slice(0, 12), statusesIn(slow)[0] === 408)
    },
  },
  {
    id: 'A8',
    title: 'groups, channels, other bots, anonymous admins',
    async attack(scene, tries, random) {
      const calls = () =>
        scene.world.sandbox.telegram.calls().filter(({ chatId }) => chatId !== undefined && chatId < 0)
      for (const [who, change] of strangers(random)) {
        const id = strangerId(random)
        const message = {
          ...messageOf(id, '/link', { entities: [{ type: 'bot_command', offset: 0, length: 5 }] }),
          ...change(id),
        }
        tries.says(who, await post(scene, { update_id: updateId(random), message }), '200')
        tries.stays(`${who}: nobody came of it`, false, await isKnown(scene, id))
      }
      tries.stays('nothing said into a group', 0, calls().length)
    },
  },
  {
    id: 'A9',
    title: 'an edit that rewrites what was answered',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const { id, bot, site } = await telegramUser(scene.world, scene.scope, ['начало'])
      const text = `сначала так ${random.int(2 ** 32)}`
      const { wire } = bot.send(text)
      await bot.hears((said) => said === text)
      await waitFor(async () => (await site.history()).filter((line) => line.text === text).length === 2)
      const before = await holdings(site)
      telegram.editText(id, wire.message_id, 'а теперь иначе')
      await waitFor(() => telegram.pendingUpdates().length === 0)
      tries.stays('history and credits after the edit', before, await holdings(site))
    },
  },
]

/** Who is nobody's private chat. */
function strangers(random: Random): [string, (id: number) => object][] {
  return random.shuffle<[string, (id: number) => object]>([
    ['a group', (id) => ({ chat: { id: -id, type: 'group', title: 'x' } })],
    ['a supergroup', (id) => ({ chat: { id: -id, type: 'supergroup', title: 'x' } })],
    ['a channel', (id) => ({ chat: { id: -id, type: 'channel', title: 'x' }, from: undefined })],
    ['another bot', (id) => ({ from: { id, is_bot: true, first_name: 'bot' } })],
    ['somebody in the name of a chat', (id) => ({ sender_chat: { id: -id, type: 'channel', title: 'x' } })],
    ['a private chat of somebody else', (id) => ({ chat: { id: id + 1, type: 'private', first_name: 'x' } })],
    [
      'an anonymous admin',
      (id) => ({ from: { id: 1087968824, is_bot: true, first_name: 'Group' }, chat: { id: -id, type: 'supergroup' } }),
    ],
  ])
}
