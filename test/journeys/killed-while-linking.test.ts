import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import { startVitte, type Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { assertWhole, connect, holdings, said, telegramUser, webUser } from './link-steps.ts'

// F36: the process dies inside a merge or an undo.
/** Longer than a confirmation takes on a busy machine. */
const MOMENTS_MAX_MS = 60

async function apart(world: World, t: TestContext) {
  world.sandbox.model.control({ mode: 'echo' })
  const telegram = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'])
  const before = [await holdings(telegram.site), await holdings(web.site)]
  const lines = before.flatMap((each) => each.lines)
  return { telegram, web, before, lines }
}

/** Does the deed while nobody can book credits, kills the process as soon as the deed waits for that, and starts it anew. */
async function killInside({ database }: World, t: TestContext, vitte: Vitte, deed: () => Promise<unknown>) {
  return database.db.transaction().execute(async (tx) => {
    // A new process may need longer to come up than an idle transaction is left alone.
    await sql`SET LOCAL idle_in_transaction_session_timeout = 0`.execute(tx)
    await sql`LOCK TABLE ledger_transfers IN SHARE MODE`.execute(tx)
    const doing = deed().catch(() => null)
    await waitFor(
      async () => {
        const { rows } =
          await sql`SELECT FROM pg_locks WHERE NOT granted AND relation = 'ledger_transfers'::regclass`.execute(tx)
        return rows.length > 0
      },
      { what: 'somebody who waits to book credits' },
    )
    await vitte.kill()
    assert.equal(await doing, null, 'nobody was told that it is done')
    return startVitte(t, vitte.env)
  })
}

test('F36 killed inside a merge and inside its undo: nothing has happened, and both can be done again', async (t) => {
  const world = await startWorld(t)
  const { telegram, web, before, lines } = await apart(world, t)
  const { token = '' } = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
  const second = await killInside(world, t, world.vitte, () => web.site.confirmLink(token))
  assert.deepEqual([await holdings(telegram.site), await holdings(web.site)], before)
  assert.equal(said(await web.site.confirmLink(token)), '200 linked')
  const joined = await holdings(web.site)
  assert.deepEqual(joined.lines, lines)

  const telegramProof = world.sandbox.telegram.widget(telegram.id)
  const webProof = { email: web.email, code: await web.site.mailCode(world.sandbox, web.email) }
  await killInside(world, t, second, () => telegram.site.undoLink({ telegramProof, webProof }))
  assert.deepEqual(await holdings(telegram.site), joined)
  assert.equal(said(await telegram.site.undoLink({ telegramProof, webProof })), '200 undone', 'with the same proofs')
  const pages = [new Person(world.vitte.url, t), new Person(world.vitte.url, t)] as const
  await pages[0].signInByWidget(world.sandbox, telegram.id)
  await pages[1].signInByMail(world.sandbox, web.email)
  assert.deepEqual([await holdings(pages[0]), await holdings(pages[1])], before)
  for (const page of pages) await assertWhole(world, page, telegram.userId, web.userId)
})

test('F36 killed at any moment of joining: all of it or nothing', async (t) => {
  const world = await startWorld(t)
  let { vitte } = world
  for (let round = 0; round < 2; round += 1) {
    const { telegram, web, before, lines } = await apart(world, t)
    const { token = '' } = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
    const momentMs = randomInt(MOMENTS_MAX_MS)
    const confirming = web.site.confirmLink(token).catch(() => null)
    await sleep(momentMs)
    await vitte.kill()
    await confirming
    vitte = await startVitte(t, vitte.env)
    const after = [await holdings(telegram.site), await holdings(web.site)]
    if (after[1]?.userId === web.userId) {
      assert.deepEqual(after, before, `nothing after ${momentMs} ms`)
      await connect(world, web.site, telegram.id)
    }
    assert.deepEqual((await holdings(web.site)).lines, lines, `all after ${momentMs} ms`)
    assert.equal((await web.site.me()).credits.basic, 49 + 9)
    await assertWhole(world, web.site, telegram.userId, web.userId)
  }
})
