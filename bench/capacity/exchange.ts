import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import { createDatabase } from '#platform/postgres'
import { Person } from '../../test/harness/people.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import type { Row } from '../row.ts'
import { type Running, withVitte } from '../with-vitte.ts'

const PEOPLE = 30
/** A chat gets one message a second after a short burst. */
const WARM_UP_EACH = 2
const QUESTIONS_EACH = 12
const DEADLINE_MS = 120_000
const KB = 1_000
/** Of `utime` and `stime` in /proc/<pid>/stat: USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MS = 10
/** What is swept away after thirty and ninety days. */
const FORGOTTEN = ['receipts', 'delivery_attempts']
/** Of as many words as people get. */
const ANSWER = 'Расскажи, что было дальше: я слушаю, и чай ещё горячий. '.repeat(6).trim()

/** What one question and its answer in the bot take of the disk, the log and the processor: the model's part apart. */
export function exchange(): Promise<Row[]> {
  return withVitte(
    async (running) => {
      const { pool, close } = createDatabase({
        connectionString: running.connectionString,
        maxConnections: 1,
        log: silentLog,
      })
      running.sandbox.model.control({ text: ANSWER, delayMsPerWord: 0 })
      const chats: number[] = []
      for (let person = 0; person < PEOPLE; person += 1) chats.push(await newTalker(running))
      await askAll(running, pool, chats, WARM_UP_EACH)
      const before = await take(pool, running.vitte.pid)
      await askAll(running, pool, chats, QUESTIONS_EACH)
      const after = await take(pool, running.vitte.pid)
      await close()
      const each = (of: keyof typeof after) => (after[of] - before[of]) / (PEOPLE * QUESTIONS_EACH)
      const row = { floor: null, goal: null, better: 'less' as const }
      const what = (of: string) => `a question and its answer in the bot, ${of}`
      return [
        { ...row, what: what('write-ahead log'), value: each('walBytes') / KB, unit: 'KB' },
        { ...row, what: what('on the disk'), value: each('diskBytes') / KB, unit: 'KB' },
        { ...row, what: what('kept for good'), value: each('keptBytes') / KB, unit: 'KB' },
        { ...row, what: what('CPU of Node'), value: each('nodeMs'), unit: 'ms' },
        { ...row, what: what('CPU of PostgreSQL'), value: each('postgresMs'), unit: 'ms' },
      ]
    },
    '127.0.0.1',
    { TELEGRAM_MESSAGES_PER_SECOND: '1000' },
  )
}

async function newTalker({ vitte, sandbox, scope }: Running): Promise<number> {
  const { id } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
  const person = new Person(vitte.url, scope)
  await person.openMiniApp(sandbox, id)
  await person.confirmAdult()
  await person.startConversation('arina')
  return id
}

/** Everybody at once, one question after the other of each; ends when all have their answers. */
async function askAll({ sandbox }: Running, pool: pg.Pool, chats: readonly number[], times: number): Promise<void> {
  let wanted = (await look(pool)).done
  for (let question = 0; question < times; question += 1) {
    wanted += chats.length
    for (const chat of chats) sandbox.telegram.sendText(chat, `Что было дальше, в ${question} раз?`)
    const answered = async () => {
      const { done, open } = await look(pool)
      return done === wanted && open === 0
    }
    await waitFor(answered, { deadlineMs: DEADLINE_MS, what: 'every answer in its chat' })
  }
}

async function look(pool: pg.Pool): Promise<{ done: number; open: number }> {
  const { rows } = await pool.query<{ done: number; open: number }>(
    `SELECT (SELECT count(*) FROM turns WHERE state = 'done')::integer AS done,
       (SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL)::integer AS open`,
  )
  return rows[0] ?? { done: 0, open: 1 }
}

async function take(pool: pg.Pool, pid: number) {
  const { rows } = await pool.query<{ wal: string; disk: string; kept: string; pid: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS wal, pg_backend_pid() AS pid,
       sum(pg_total_relation_size(relid))::text AS disk,
       sum(pg_total_relation_size(relid)) FILTER (WHERE relname <> ALL ($1))::text AS kept
     FROM pg_stat_user_tables`,
    [FORGOTTEN],
  )
  const [row] = rows
  return {
    walBytes: Number(row?.wal),
    diskBytes: Number(row?.disk),
    keptBytes: Number(row?.kept),
    nodeMs: (await timesOf(pid)).ownMs,
    postgresMs: await familyMs((await timesOf(row?.pid ?? 0)).parent),
  }
}

/** Of a process and of its children, those that have ended too. */
async function familyMs(pid: number): Promise<number> {
  const { ownMs, endedMs } = await timesOf(pid)
  let sumMs = ownMs + endedMs
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const child = await timesOf(Number(name)).catch(() => null)
    if (child?.parent === pid) sumMs += child.ownMs
  }
  return sumMs
}

async function timesOf(pid: number): Promise<{ parent: number; ownMs: number; endedMs: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) * TICK_MS
  return { parent: Number(fields[1]), ownMs: ticks(11), endedMs: ticks(13) }
}
