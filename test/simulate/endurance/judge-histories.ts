import type { Message } from '#contract/api'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from './court.ts'
import type { Dweller } from './people.ts'
import type { Said } from './speak.ts'

const AT_ONCE = 8

/** Everybody's history, by user id, as their own page shows it. */
export type Histories = ReadonlyMap<string, readonly Message[]>

export async function readHistories(people: readonly Dweller[]): Promise<Histories> {
  const histories = new Map<string, readonly Message[]>()
  const left = [...people]
  const read = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { webapp, userId } = one
      histories.set(userId, await waitFor(() => webapp.history(), { what: 'a history' }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, read))
  return histories
}

/** Each message that was accepted stands there once, done, and is answered once, where it was asked. */
export function judgeHistories(histories: Histories, said: readonly Said[], court: Court): void {
  const byUser = Map.groupBy(said, ({ dweller }) => dweller.userId)
  for (const [userId, lines] of histories) judgeHistory(lines, byUser.get(userId) ?? [], court)
}

function judgeHistory(lines: readonly Message[], said: readonly Said[], court: Court): void {
  const asked = Map.groupBy(
    lines.filter(({ role }) => role === 'user'),
    ({ text }) => text,
  )
  const answers = Map.groupBy(
    lines.filter(({ role, turn }) => role === 'assistant' && turn),
    ({ turn }) => turn?.id,
  )
  for (const one of said) {
    const [line, ...others] = asked.get(one.text) ?? []
    asked.delete(one.text)
    if (!line) court.find('LOST: an accepted message is not in the history', one.interface, one.text)
    else {
      if (others.length > 0) court.find('DOUBLED: a message stands in the history more than once', [line, ...others])
      judgeTurn(one, line, answers.get(line.turn?.id) ?? [], court)
      answers.delete(line.turn?.id)
    }
  }
  for (const [text, strays] of asked) court.find('A line in the history was said by nobody', text, strays)
  for (const strays of answers.values()) court.find('An answer in the history was asked for by nobody', strays)
  judgeOrder(lines, said, court)
}

function judgeTurn({ accepted, interface: place, text }: Said, line: Message, answers: Message[], court: Court): void {
  const [answer, ...others] = answers
  if (accepted && (accepted.messageId !== line.id || accepted.turnId !== line.turn?.id)) {
    court.find('A page was told other ids than the history has', accepted, line)
  }
  if (line.interface !== place) court.find('A message stands under another interface', place, line)
  if (line.turn?.state !== 'done') court.find('A turn was not done', line)
  if (!answer) {
    court.find('LOST: a message was never answered', line)
    return
  }
  if (others.length > 0) court.find('DOUBLED: a message was answered more than once', answers)
  if (answer.text !== text) court.find('An answer is not what the model said', text, answer)
  if (answer.interface !== place) court.find('An answer went to another interface', place, answer)
  if (answer.seq <= line.seq) court.find('An answer stands before its question', line, answer)
}

/** Dense, and on each page in the order in which it was said; what overtook an update is Telegram's affair. */
function judgeOrder(lines: readonly Message[], said: readonly Said[], court: Court): void {
  const first = lines[0]?.seq ?? 0
  const gap = lines.find(({ seq }, index) => seq !== first + index)
  if (gap) court.find('A history has a gap', gap)
  for (const place of ['webapp', 'browser']) {
    const intended = said.filter((one) => one.interface === place).map(({ text }) => text)
    const stands = lines.filter(({ role, interface: at }) => role === 'user' && at === place).map(({ text }) => text)
    const known = intended.filter((text) => stands.includes(text))
    if (known.some((text, index) => stands[index] !== text)) court.find('A page stands out of order', known, stands)
  }
}
