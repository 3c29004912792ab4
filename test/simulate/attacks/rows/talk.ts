import { randomUUID } from 'node:crypto'
import { Person } from '../../../harness/people.ts'
import { waitFor } from '../../../harness/wait-for.ts'
import { type buttonsOf, enterBot } from '../../../journeys/bot-chat.ts'
import { heardOpening } from '../../../journeys/bot-steps.ts'
import { holdings, telegramUser, webUser } from '../../../journeys/link-steps.ts'
import { spendAll } from '../../../journeys/pay-steps.ts'
import type { Row } from '../row.ts'
import type { Scene } from '../scene.ts'

const HOSTILE_NAMES = [
  '<b>Вера</b>',
  '*Вера*',
  '[x](javascript:alert(1))',
  '</script><script>alert(1)</script>',
  '`',
  '_ _',
  '#{7*7}',
  '{{x}}',
  '%s%n',
  '\u202eарев',
]

export const talkRows: Row[] = [
  {
    id: 'A44',
    title: 'ids of others',
    async attack(scene, tries, random) {
      const attacker = await webUser(scene.world, scene.scope, ['своё'])
      const before = await holdings(scene.web.site)
      for (const [what, method, path, body] of random.shuffle(await borrowedIds(scene))) {
        const [theirs, unknown] = await Promise.all(
          [path, path.replace(/[0-9a-f-]{36}/, randomUUID())].map((each) =>
            attacker.site.client.call(each, { method, body }),
          ),
        )
        tries.says(`${method} ${what}`, theirs as never, '404')
        tries.stays(`${what}: the answer to an unknown id`, unknown?.body, theirs?.body)
      }
      const stream = await attacker.site.watch(0)
      const lines = stream.all('message').map(({ text }) => text)
      tries.stays(
        'lines of others in the stream',
        false,
        lines.some((text) => text.includes('личное')),
      )
      await stream.close()
      tries.stays('the owner', before, await holdings(scene.web.site))
    },
  },
  {
    id: 'A47',
    title: 'a page that says it is Telegram',
    async attack(scene, tries, random) {
      const { site } = await webUser(scene.world, scene.scope, ['начало'])
      const extra = random.pick([
        { channel: 'telegram' },
        { interface: 'bot' },
        { role: 'assistant' },
        { userId: scene.telegram.userId },
      ])
      const call = {
        body: { text: 'откуда', ...extra },
        headers: { 'idempotency-key': randomUUID(), 'x-channel': 'telegram' },
      }
      tries.says(`a message with ${JSON.stringify(extra)}`, await site.client.call('/api/messages', call), '422')
      await site.talk('просто так')
      const places = (await site.history()).map((line) => `${line.channel} ${line.interface}`)
      tries.stays('where it was said', ['web browser'], [...new Set(places)])
    },
  },
  {
    id: 'A50',
    title: 'fifty questions at the last credit; odd amounts',
    async attack(scene, tries, random) {
      const { site, userId } = await webUser(scene.world, scene.scope, ['начало'])
      await spendAll(scene.world, userId, 1)
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => site.post(`раз ${index}`)))
      const words = answers.map(({ status }) => status)
      tries.judge(
        '50 at once',
        [...new Set(words)].join(' '),
        words.filter((status) => status === 202).length === 1 && words.filter((status) => status === 402).length === 49,
      )
      for (const limit of random.shuffle(['-1', '0', '1.5', '101', '9007199254740993', 'NaN', '1e2x', ''])) {
        const answer = await site.client.call(`/api/messages?limit=${limit}`)
        tries.judge(`limit=${limit}`, String(answer.status), answer.status === 422)
      }
      for (const before of ['9007199254740993', '-1', '1.5']) {
        tries.says(`before=${before}`, await site.client.call(`/api/messages?before=${before}`), '422')
      }
    },
  },
  {
    id: 'A54',
    title: 'scripts in names and lines, as the API and files serve them',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const name = random.pick(HOSTILE_NAMES)
      const { id } = telegram.addPerson({ firstName: name, languageCode: 'ru' })
      const app = new Person(scene.world.vitte.url, scene.scope)
      await app.openMiniApp(scene.world.sandbox, id)
      const answer = await app.client.call('/api/me')
      tries.judge(
        `first_name ${name}`,
        answer.headers.get('content-type') ?? '',
        /^application\/json/.test(answer.headers.get('content-type') ?? ''),
      )
      for (const path of ['/', '/chat', '/app', '/portraits/arina.svg']) {
        const { headers } = await fetch(new URL(path, scene.world.vitte.url))
        const policy = headers.get('content-security-policy') ?? ''
        const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1] ?? '*'
        const closed = !/unsafe|\*|data:|https?:/.test(scripts) && headers.get('x-content-type-options') === 'nosniff'
        tries.judge(path, `scripts from ${scripts}`, closed)
      }
    },
  },
  {
    id: 'A55',
    title: 'pictures, scripts and tg:// in what the model says, in the bot',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const { id, bot } = await telegramUser(scene.world, scene.scope, ['начало'])
      const lines = [
        '![x](https://evil.example/?q=1)',
        '<a href="javascript:alert(1)">y</a>',
        '[z](tg://resolve?domain=x)',
        '[d](data:text/html,x)',
        '<img src=x onerror=alert(1)>',
      ]
      const pictures = telegram.calls().filter(({ chatId, method }) => chatId === id && method === 'sendPhoto').length
      for (const line of random.shuffle(lines)) {
        const before = bot.messages().length
        bot.send(line)
        const { wire } = await waitFor(() => bot.messages()[before])
        const urls = (wire.entities ?? []).flatMap(({ url }) => url ?? [])
        tries.judge(
          line,
          `${wire.text} ${urls}`,
          urls.every((url) => /^https?:/.test(url)),
        )
      }
      const after = telegram.calls().filter(({ chatId, method }) => chatId === id && method === 'sendPhoto').length
      tries.stays('pictures sent', pictures, after)
    },
  },
  {
    id: 'A56',
    title: 'markup in a name and in a line, in the bot',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const name = random.pick(HOSTILE_NAMES)
      const { id } = telegram.addPerson({ firstName: name, languageCode: 'ru' })
      const { bot, app } = await enter(scene, id)
      const line = random.pick([
        '<b>x</b> *y* _z',
        '[a](javascript:alert(1))',
        '[a](tg://user?id=1)',
        '<a href="tg://x">y</a>',
        '![x](https://evil.example/?q=1)',
      ])
      const before = bot.messages().length
      bot.send(line)
      const heard = await waitFor(() => bot.messages().slice(before).at(-1))
      const parsed = telegram.calls().some(({ chatId, params }) => chatId === id && params.parse_mode !== undefined)
      const linked = (heard.wire.entities ?? []).filter(
        ({ type, url }) => type === 'text_link' && !/^https?:/.test(url ?? ''),
      )
      tries.judge(`${line} by ${name}`, heard.wire.text ?? '', !parsed && linked.length === 0)
      tries.judge('a link that runs something', `${linked.length}`, linked.length === 0)
      await app.me()
    },
  },
  {
    id: 'A82',
    title: 'making the bot write to a stranger',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const stranger = telegram.addPerson({ firstName: 'Чужая', languageCode: 'ru' })
      const { bot, site } = await telegramUser(scene.world, scene.scope, ['начало'])
      const wish = random.pick([
        `/remind 2s @${stranger.id} привет`,
        `/remind 2s tg://user?id=${stranger.id}`,
        `/remind 2s ${stranger.id} напиши`,
      ])
      bot.send(wish)
      await bot.hears((text) => text.includes(String(stranger.id)))
      const body = {
        text: 'привет',
        address: String(stranger.id),
        userId: scene.web.userId,
        at: new Date().toISOString(),
      }
      tries.says(
        'a reminder with an address',
        await site.client.call(`/api/reminders/${randomUUID()}`, { method: 'PATCH', body }),
        '404',
        '422',
      )
      const owner = telegram.initData(stranger.id)
      const id = random.pick(buttonDataOf(bot.messages()))
      telegram.pushUpdate(pressBy(stranger.id, id), stranger.id)
      await waitFor(() => telegram.pendingUpdates().length === 0)
      const written = telegram.replies(stranger.id).map(({ wire }) => wire.text ?? '')
      tries.judge(
        wish,
        `${written.length} messages to the stranger`,
        owner !== '' && !written.some((text) => text.includes('напиши') || text.includes('привет')),
      )
    },
  },
]

/** Real ids of the victim, and where they would be used. */
async function borrowedIds(scene: Scene): Promise<[string, string, string, object | undefined][]> {
  const { site } = scene.web
  const [lines, me, listed] = await Promise.all([
    site.history(),
    site.me(),
    site.client.call<{ sessions: { id: string }[] }>('/api/sessions'),
  ])
  const turnId = lines.find(({ turn }) => turn)?.turn?.id
  const session = listed.body.sessions[0]?.id
  return [
    ['cancel a turn', 'POST', `/api/turns/${turnId}/cancel`, undefined],
    ['retry a turn', 'POST', `/api/turns/${turnId}/retry`, undefined],
    ['report a turn', 'POST', `/api/turns/${turnId}/report`, undefined],
    ['restore a conversation', 'POST', `/api/conversations/${me.conversation?.id}/restore`, undefined],
    ['end a session', 'DELETE', `/api/sessions/${session}`, undefined],
    ['remove a login', 'DELETE', `/api/identities/${me.identities[0]?.id}`, undefined],
  ]
}

async function enter(scene: Scene, id: number) {
  const bot = await enterBot(scene.world.sandbox, id)
  const app = new Person(scene.world.vitte.url, scene.scope)
  const user = await app.openMiniApp(scene.world.sandbox, id)
  await app.startConversation('arina')
  await heardOpening({ id, bot, app, userId: user.id })
  return { bot, app }
}

type Shown = Parameters<typeof buttonsOf>[0]

function buttonDataOf(messages: Shown[]): string[] {
  return messages.flatMap(
    ({ wire }) => wire.reply_markup?.inline_keyboard.flat().flatMap((button) => button.callback_data ?? []) ?? [],
  )
}

/** A press of a button that was given to somebody else. */
function pressBy(id: number, data: string): Record<string, unknown> {
  const from = { id, is_bot: false, first_name: 'Чужая', language_code: 'ru' }
  const message = { message_id: 1, date: 0, chat: { id, type: 'private', first_name: 'Чужая' } }
  return { callback_query: { id: randomUUID(), from, message, chat_instance: '1', data } }
}
