import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { Person } from '../../../harness/people.ts'
import { telegramUser, webUser } from '../../../journeys/link-steps.ts'
import type { Row } from '../row.ts'
import { OPERATOR, type Scene, WEBHOOK_SECRET } from '../scene.ts'

const ROOT = new URL('../../../../', import.meta.url)
const PLAIN_LINE = /^(ready \S+$|\{.*\}$)/
/** Signs that begin a line, or a colour, wherever a log is read. */
const BREAKS_OUT = ['\r', '\u001b', '\u0085', '\u2028', '\u2029']

async function operatorAt(scene: Scene): Promise<Person> {
  const operator = new Person(scene.world.vitte.url, scene.scope)
  await operator.signInByWidget(scene.world.sandbox, OPERATOR)
  return operator
}

export const secretRows: Row[] = [
  {
    id: 'A75',
    title: 'the bot’s token in an error, a figure, a log, a list of processes',
    async attack(scene, tries) {
      const { vitte, sandbox } = scene.world
      const { id, bot } = await telegramUser(scene.world, scene.scope, ['начало'])
      const description = `Not Found: https://api.telegram.org/bot${sandbox.token}/sendMessage`
      sandbox.telegram.faults.add({
        kind: 'error',
        errorCode: 404,
        description,
        method: 'sendMessage',
        chatId: id,
        times: 1,
      })
      bot.send('не дойдёт')
      sandbox.telegram.faults.add({ kind: 'reset', method: 'sendChatAction', chatId: id, times: 2 })
      await bot.hears((text) => text === 'начало')
      bot.send('дойдёт')
      await bot.hears((text) => text === 'дойдёт')
      const answers: string[] = []
      for (const path of [
        '/metrics',
        '/readyz',
        '/api/openapi.json',
        `/bot${sandbox.token.slice(0, 5)}`,
        '/api/auth/options',
        '/%c0',
        '/api/me',
      ]) {
        answers.push(await (await fetch(new URL(path, vitte.url))).text())
      }
      const command = await readFile(`/proc/${vitte.pid}/cmdline`, 'utf8').catch(() => '')
      const { rows } = await sql<{ text: string }>`SELECT string_agg(last_error, ' ') AS text FROM deliveries`.execute(
        scene.world.database.db,
      )
      const secrets = [sandbox.token, sandbox.token.split(':')[1] ?? '-', WEBHOOK_SECRET, vitte.env.MASTER_KEY ?? '-']
      const places: [string, string][] = [
        ['log', vitte.lines.join('\n')],
        ['answers', answers.join('\n')],
        ['command line', command],
        ['errors in the database', rows[0]?.text ?? ''],
      ]
      for (const [place, text] of places) {
        tries.judge(place, `${text.length} signs`, !secrets.some((secret) => text.includes(secret)))
      }
    },
  },
  {
    id: 'A76',
    title: 'lines of a log written by strangers',
    async attack(scene, tries) {
      const { vitte, sandbox } = scene.world
      const name = 'x","level":"fatal"}\n{"event":"forged.line"}\u001b[31m\u2028'
      const { id } = sandbox.telegram.addPerson({ firstName: name, username: 'x', languageCode: 'ru\n{"a":1}' })
      sandbox.telegram.sendText(id, '/start\n{"event":"forged.line"}')
      const person = new Person(vitte.url, scene.scope)
      await person.openMiniApp(sandbox, id)
      const marks = ['%0a%7b%22event%22:%22forged.line%22%7d', '%1b[31m', '%e2%80%a8', '%0d%0aSet-Cookie:x=1']
      for (const mark of marks) {
        const answer = await fetch(new URL(`/api/turns/${mark}/${mark}`, vitte.url), {
          headers: { 'user-agent': mark, 'accept-language': mark },
        })
        tries.judge(
          `in a path: ${mark}`,
          String(answer.status),
          answer.status < 500 && !answer.headers.has('set-cookie'),
        )
      }
      const odd = vitte.lines.filter(
        (line) =>
          !PLAIN_LINE.test(line) || BREAKS_OUT.some((sign) => line.includes(sign)) || line.includes('forged.line'),
      )
      tries.judge(`${vitte.lines.length} lines of the log`, odd[0] ?? 'one object each', odd.length === 0)
    },
  },
  {
    id: 'A79',
    title: 'sealed rows exchanged in the database',
    async attack(scene, tries) {
      const { db } = scene.world.database
      const [one, other] = [
        await webUser(scene.world, scene.scope, ['тайна первой']),
        await webUser(scene.world, scene.scope, ['тайна второй']),
      ]
      await sql`
        UPDATE messages AS m SET sealed_text = o.sealed_text FROM messages AS o
        WHERE m.user_id = ${one.userId} AND o.user_id = ${other.userId} AND m.seq = o.seq AND m.role = 'user'`.execute(
        db,
      )
      await sql`
        UPDATE messages AS m SET sealed_text = o.sealed_text FROM messages AS o
        WHERE m.user_id = ${other.userId} AND o.user_id = ${other.userId} AND m.role = 'user' AND o.role = 'assistant' AND o.turn_id IS NOT NULL`.execute(
        db,
      )
      for (const [who, { site }] of [
        ['one', one],
        ['other', other],
      ] as const) {
        const answer = await site.client.call<{ messages?: { role: string; text: string }[] }>('/api/messages')
        const shown = JSON.stringify(answer.body)
        const moved =
          who === 'one'
            ? shown.includes('тайна второй')
            : (answer.body.messages ?? []).some(({ role, text }) => role === 'user' && text !== '')
        tries.judge(`the history of the ${who}`, String(answer.status), !moved)
      }
      tries.judge('the process afterwards', 'asked', (await scene.web.site.me()).user.id === scene.web.userId)
    },
  },
  {
    id: 'A80',
    title: 'an operator who reads along or gives without a reason',
    async attack(scene, tries) {
      const operator = await operatorAt(scene)
      const { body } = await operator.client.call<{ paths: Record<string, Record<string, { 'x-owner'?: string }>> }>(
        '/api/openapi.json',
      )
      for (const [path, { get }] of Object.entries(body.paths)) {
        if (get?.['x-owner'] !== 'operator' || path.includes('{')) continue
        const answer = await operator.client.call(path)
        const shown = JSON.stringify(answer.body)
        tries.judge(
          `GET ${path}`,
          String(answer.status),
          !['личное', scene.web.email, 'Вера'].some((word) => shown.includes(word)),
        )
      }
      const victim = await webUser(scene.world, scene.scope)
      const give = (more: object) =>
        operator.client.call(`/api/admin/users/${victim.userId}/grants`, {
          body: { credits: { basic: 1 }, ...more },
          headers: { 'idempotency-key': randomUUID() },
        })
      for (const reason of [{}, { reason: '' }, { reason: '   ' }])
        tries.says(`a gift with ${JSON.stringify(reason)}`, await give(reason), '422')
      tries.says('a gift with a reason', await give({ reason: 'asked for it in a letter' }), '201')
      const { rows } =
        await sql`SELECT 1 FROM audit_events WHERE kind = 'credits_granted' AND details->>'to' = ${victim.userId}`.execute(
          scene.world.database.db,
        )
      tries.stays('lines in the audit', 1, rows.length)
      const erase = sql`DELETE FROM audit_events`.execute(scene.world.database.db)
      tries.judge(
        'the audit emptied',
        'tried',
        await erase.then(
          () => false,
          () => true,
        ),
      )
      tries.says('a person at the operators’ routes', await victim.site.client.call('/api/admin/deliveries'), '404')
    },
  },
  {
    id: 'A81',
    title: 'packages that are not what they were',
    async attack(_, tries) {
      const [lock, own, settings] = await Promise.all(
        ['package-lock.json', 'package.json', '.npmrc'].map((name) => readFile(new URL(name, ROOT), 'utf8')),
      )
      const { packages } = JSON.parse(lock ?? '{}') as {
        packages: Record<
          string,
          {
            integrity?: string
            resolved?: string
            hasInstallScript?: boolean
            dependencies?: object
            devDependencies?: object
          }
        >
      }
      const { dependencies, devDependencies, allowScripts } = JSON.parse(own ?? '{}') as Record<
        string,
        Record<string, string>
      >
      const named = Object.entries(packages).filter(([path]) => path !== '')
      const loose = named.filter(([, { integrity }]) => !integrity).map(([path]) => path)
      tries.judge(
        `${named.length} packages in the lock file`,
        `${loose.length} without a sum`,
        named.length > 100 && loose.length === 0,
      )
      const elsewhere = named.filter(
        ([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'),
      )
      tries.judge('from elsewhere than the registry', String(elsewhere.length), elsewhere.length === 0)
      const scripts = named
        .filter(([, { hasInstallScript }]) => hasInstallScript)
        .map(([path]) => path.replace(/^.*node_modules\//, ''))
      const unknown = scripts.filter((name) => !allowScripts || !Object.hasOwn(allowScripts, name))
      tries.judge('scripts at installing', scripts.join(' '), unknown.length === 0)
      const wished = { ...dependencies, ...devDependencies }
      const open = Object.entries(wished).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      tries.judge('versions that may drift', open.join(' ') || 'none', open.length === 0)
      const root = { ...packages['']?.dependencies, ...packages['']?.devDependencies }
      tries.stays('what is wished for and what is locked', root, wished)
      tries.judge('.npmrc', (settings ?? '').trim(), /save-exact=true/.test(settings ?? ''))
    },
  },
]
