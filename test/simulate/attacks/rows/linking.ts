import { randomBytes } from 'node:crypto'
import { Person } from '../../../harness/people.ts'
import { waitFor } from '../../../harness/wait-for.ts'
import {
  askForLink,
  codeOf,
  connect,
  hearsNext,
  holdings,
  linksIn,
  said,
  telegramUser,
  webUser,
  wrongCode,
} from '../../../journeys/link-steps.ts'
import type { Row } from '../row.ts'
import type { Scene } from '../scene.ts'

const GUESSES = 10
const FARM = 6

const bot = ({ world, scope }: Scene, questions: string[] = []) => telegramUser(world, scope, questions)
const page = ({ world, scope }: Scene, questions: string[] = []) => webUser(world, scope, questions)
const cookieOf = (person: Person) => [...person.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
const meWith = ({ world }: Scene, cookie: string) => fetch(new URL('/api/me', world.vitte.url), { headers: { cookie } })

export const linkingRows: Row[] = [
  {
    id: 'A26',
    title: 'a victim opens the attacker’s link',
    async attack(scene, tries) {
      const attacker = await bot(scene)
      const before = await holdings(scene.web.site)
      const token = await askForLink(attacker.bot)
      const shown = await scene.web.site.previewLink(token)
      const foreign = shown.body.telegram.displayName === 'Вера' && shown.body.codeRequired
      tries.judge('the page', `${shown.status} ${shown.body.telegram.displayName}`, shown.status === 200 && foreign)
      tries.stays('the victim', before, await holdings(scene.web.site))
      tries.stays('the attacker’s logins', 1, (await attacker.site.me()).identities.length)
    },
  },
  {
    id: 'A27',
    title: 'a victim also confirms it',
    async attack(scene, tries) {
      const { mailbox } = scene.world.sandbox
      const [attacker, bystander] = [await bot(scene), await bot(scene)]
      const before = await holdings(scene.web.site)
      const answer = await scene.web.site.confirmLink(await askForLink(attacker.bot))
      tries.says('confirm', answer, '200 code_required')
      const code = codeOf(answer)
      const warned = await mailbox.waitForMail(
        ({ to, text }) => to.includes(scene.web.email) && !text.includes(code),
        10_000,
      )
      tries.judge('a warning by mail', warned.subject, !`${warned.subject} ${warned.html}`.includes(code))
      bystander.bot.send(code)
      for (let guess = 1; guess <= 3; guess += 1) {
        const heard = await hearsNext(attacker.bot, () => attacker.bot.send(wrongCode(code, guess)))
        tries.judge('a guess in the attacker’s chat', heard, true)
      }
      tries.stays('the victim', before, await holdings(scene.web.site))
      for (const { site } of [attacker, bystander]) tries.stays('logins', 1, (await site.me()).identities.length)
    },
  },
  {
    id: 'A29',
    title: 'the page to confirm in a frame of another site',
    async attack({ world }, tries, random) {
      for (const path of random.shuffle(['/link', '/settings', '/sign-in', '/', '/chat'])) {
        const { headers } = await fetch(new URL(path, world.vitte.url))
        const policy = headers.get('content-security-policy') ?? ''
        tries.judge(path, policy, /frame-ancestors 'none'/.test(policy) && headers.get('x-frame-options') === 'DENY')
      }
    },
  },
  {
    id: 'A31',
    title: 'an address asked for by an attacker before its owner comes',
    async attack(scene, tries, random) {
      const email = `later-${random.int(2 ** 32)}@example.org`
      const attacker = new Person(scene.world.vitte.url, scene.scope)
      await attacker.mailCode(scene.world.sandbox, email)
      const guess = { email, code: 'abcdef' }
      tries.says(
        'a guessed code',
        await attacker.client.call('/api/auth/email/verify', { body: guess }),
        '401 invalid_code',
      )
      const owner = await bot(scene)
      tries.says('the owner joins it to Telegram', await owner.site.proveMail(scene.world.sandbox, email), '200')
      tries.says('the attacker’s browser', await attacker.client.call('/api/me'), '401')
    },
  },
  {
    id: 'A32',
    title: 'a session kept alive through a link',
    async attack(scene, tries) {
      const [owner, victim] = [await bot(scene), await page(scene, ['личное'])]
      const thief = new Person(scene.world.vitte.url, scene.scope)
      await thief.signInByMail(scene.world.sandbox, victim.email)
      const stream = await thief.watch()
      await connect(scene.world, victim.site, owner.id)
      await stream.ended
      tries.says('the thief after the link', await thief.client.call('/api/me'), '401')
    },
  },
  {
    id: 'A33',
    title: 'a second login planted on the account',
    async attack(scene, tries) {
      const [owner, victim] = [await bot(scene), await page(scene)]
      await victim.site.proveMail(scene.world.sandbox, `trojan-${victim.email}`)
      const shown = await victim.site.previewLink(await askForLink(owner.bot))
      const names = shown.body.logins.map(({ displayName }) => displayName)
      tries.judge(
        'what is shown before joining',
        names.join(' '),
        names.includes(`trojan-${victim.email}`) && shown.body.codeRequired,
      )
    },
  },
  {
    id: 'A34',
    title: 'something asked for before a link, used after it',
    async attack(scene, tries) {
      const [wanted, other, victim] = [await bot(scene), await bot(scene), await page(scene, ['личное'])]
      const elsewhere = new Person(scene.world.vitte.url, scene.scope)
      await elsewhere.signInByMail(scene.world.sandbox, victim.email)
      const { token = '' } = (await elsewhere.proveTelegram(scene.world.sandbox, other.id)).body
      await connect(scene.world, victim.site, wanted.id)
      const joined = await holdings(victim.site)
      tries.says('the token of before', await victim.site.confirmLink(token), '410 superseded')
      tries.stays('the victim', joined, await holdings(victim.site))
    },
  },
  {
    id: 'A36',
    title: 'guessed links',
    async attack(scene, tries) {
      const { site } = await page(scene)
      const address = scene.address()
      const guess = (token: string) =>
        site.client.call('/api/link/preview', { body: { token }, headers: { 'x-forwarded-for': address } })
      for (let made = 0; made < GUESSES; made += 1) {
        tries.says('a guess', await guess(randomBytes(32).toString('base64url')), '404 not_found')
      }
      tries.says('one more', await guess(randomBytes(32).toString('base64url')), '429 rate_limited')
    },
  },
  {
    id: 'A38',
    title: 'used, superseded and dead links',
    async attack(scene, tries) {
      const [owner, fresh, later] = [await bot(scene), await page(scene), await page(scene)]
      const first = await askForLink(owner.bot)
      const second = await askForLink(owner.bot)
      tries.says('the one before', await fresh.site.previewLink(first), '410 superseded')
      tries.says('the newest', await fresh.site.confirmLink(second), '200 linked')
      tries.says('again, by another', await later.site.confirmLink(second), '410 used')
    },
  },
  {
    id: 'A39',
    title: 'a secret in the query, a preview by a robot',
    async attack(scene, tries, random) {
      const token = await askForLink((await bot(scene)).bot)
      for (const path of random.shuffle([`/link?t=${token}`, `/link?token=${token}`, `/link/${token}`])) {
        const { status, headers } = await fetch(new URL(path, scene.world.vitte.url))
        tries.judge(path.replace(token, '…'), String(status), headers.get('referrer-policy') === 'no-referrer')
      }
      const { client } = scene.web.site
      tries.says('GET', await client.call(`/api/link/confirm?token=${token}`), '405')
      tries.says('POST with a query', await client.call(`/api/link/confirm?token=${token}`, { body: {} }), '422')
      tries.stays('it is still open', 200, (await scene.web.site.previewLink(token)).status)
    },
  },
  {
    id: 'A40',
    title: 'the code of a link tried until it fits',
    async attack(scene, tries) {
      const [attacker, victim] = [await bot(scene), await page(scene, ['личное'])]
      for (let round = 0; round < 3; round += 1) {
        const token = await askForLink(attacker.bot)
        const code = codeOf(await victim.site.confirmLink(token))
        for (let guess = 1; guess <= 3; guess += 1) {
          await hearsNext(attacker.bot, () => attacker.bot.send(wrongCode(code, guess)))
        }
        tries.says('after three guesses', await victim.site.previewLink(token), '410 voided')
      }
      const links = linksIn(attacker.bot).length
      const heard = await hearsNext(attacker.bot, () => attacker.bot.send('/link'))
      tries.judge('/link after three such links', heard, linksIn(attacker.bot).length === links)
    },
  },
  {
    id: 'A41',
    title: 'a Telegram that belongs to somebody’s account already',
    async attack(scene, tries) {
      const [owner, first, second] = [await bot(scene, ['тайна']), await page(scene), await page(scene, ['второй'])]
      await connect(scene.world, first.site, owner.id)
      const token = await askForLink(owner.bot)
      for (const answer of [await second.site.previewLink(token), await second.site.confirmLink(token)]) {
        tries.says('the second account', answer, '409 telegram_already_linked')
        const told = JSON.stringify(answer.body)
        tries.stays(
          'told of the first',
          false,
          [first.email, owner.userId, first.userId, 'Вера'].some((word) => told.includes(word)),
        )
      }
    },
  },
  {
    id: 'A42',
    title: 'welcome gifts poured into one Telegram',
    async attack(scene, tries) {
      const owner = await bot(scene)
      const before = (await owner.site.me()).credits.basic
      const farm = await Promise.all(Array.from({ length: FARM }, () => page(scene)))
      const answers = await Promise.all(farm.map(({ site }) => site.proveTelegram(scene.world.sandbox, owner.id)))
      const words = answers.map(said).toSorted()
      tries.judge(`${FARM} accounts`, words.join(', '), words.filter((word) => word.startsWith('200')).length === 1)
      tries.stays('one gift more', before + 10, (await owner.site.me()).credits.basic)
    },
  },
  {
    id: 'A43',
    title: 'spend, then undo the link to get it back',
    async attack(scene, tries) {
      const [owner, other] = [await bot(scene), await page(scene)]
      await connect(scene.world, other.site, owner.id)
      const whole = (await owner.site.me()).credits.basic
      await owner.site.startConversation('arina')
      for (let spent = 0; spent < 3; spent += 1) await owner.site.talk(`трачу ${spent}`)
      const fresh = new Person(scene.world.vitte.url, scene.scope)
      await fresh.signInByWidget(scene.world.sandbox, owner.id)
      const code = await other.site.mailCode(scene.world.sandbox, other.email)
      const telegramProof = scene.world.sandbox.telegram.widget(owner.id)
      const proofs = { telegramProof, webProof: { email: other.email, code } }
      tries.says('undo', await fresh.undoLink(proofs), '200 undone')
      const again = new Person(scene.world.vitte.url, scene.scope)
      await again.signInByMail(scene.world.sandbox, other.email)
      const both = await waitFor(async () => (await fresh.me()).credits.basic + (await again.me()).credits.basic)
      tries.judge('both together', `${both} of ${whole}`, both === whole - 3)
    },
  },
  {
    id: 'A68',
    title: 'a stolen cookie after sign-out and after a link; a stream left open',
    async attack(scene, tries) {
      const [owner, victim] = [await bot(scene), await page(scene, ['личное'])]
      const stolen = cookieOf(victim.site)
      const leaving = new Person(scene.world.vitte.url, scene.scope)
      await leaving.signInByMail(scene.world.sandbox, victim.email)
      const [left, stream] = [cookieOf(leaving), await leaving.watch()]
      await leaving.client.call('/api/auth/sign-out', { method: 'POST' })
      const before = performance.now()
      await stream.ended
      tries.judge('the stream after sign-out', 'ended', performance.now() - before < 5_000)
      tries.judge('the cookie after sign-out', 'asked', (await meWith(scene, left)).status === 401)
      await connect(scene.world, victim.site, owner.id)
      await victim.site.me()
      const { db } = scene.world.database
      await db
        .updateTable('sessions')
        .set({ previous_valid_until: new Date(0) })
        .where('user_id', '=', owner.userId)
        .execute()
      const { status } = await meWith(scene, stolen)
      tries.judge('the cookie of before a link', String(status), status === 401)
    },
  },
]
