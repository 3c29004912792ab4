import { activeConversation } from '#domain/conversations'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { talkOf } from './talk-of.ts'
import { type ButtonOf, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

const FACTS_PER_PAGE = 5
const BUTTONS_IN_ROW = 3

/** The page that this fact stands on, counted from 0; the first for one that is not there. */
export function pageOf(index: number): number {
  return Math.max(0, Math.floor(index / FACTS_PER_PAGE))
}

/** What the companion remembers, oldest first. */
export async function factsOf(
  { memory, catalogue, db }: Pick<ViewDeps, 'memory' | 'catalogue' | 'db'>,
  userId: string,
) {
  return memory.list(db, userId, (personaId) => catalogue.localized(personaId, 'ru')?.remembers ?? [])
}

/** A page of what is remembered; `page` counts from 0, one too far shows the last. */
export const showMemory: ShowView = async (deps, at) => {
  const conversation = await activeConversation(deps.db, at.userId)
  const title = [bold(label(deps, at, 'memory')), '\n\n']
  const back = [backTo(deps, at, 'main')]
  if (!conversation) return viewOf(deps, at, [...title, say(deps, at, 'memory-nobody')], [back])
  const { name } = talkOf(deps, at, conversation)
  const facts = await factsOf(deps, at.userId)
  if (facts.length === 0) return viewOf(deps, at, [...title, say(deps, at, 'memory-empty', { name })], [back])
  const pages = Math.ceil(facts.length / FACTS_PER_PAGE)
  const page = Math.min(Math.max(0, Number(at.args.page) || 0), pages - 1)
  const first = page * FACTS_PER_PAGE
  const shown = facts.slice(first, first + FACTS_PER_PAGE)
  const lines = shown.map(({ text }, index) => `\n${first + index + 1}. ${text}`)
  const forget = shown.map(({ id }, index): ButtonOf => {
    return { text: label(deps, at, 'forget', { number: first + index + 1 }), verb: 'forget', argument: id }
  })
  return viewOf(
    deps,
    at,
    [...title, say(deps, at, 'memory', { name, count: facts.length }), '\n', ...lines],
    [
      forget.slice(0, BUTTONS_IN_ROW),
      forget.slice(BUTTONS_IN_ROW),
      pages > 1 ? turning(page, pages) : [],
      [{ text: label(deps, at, 'memory-edit'), opens: '/memory' }],
      back,
    ],
  )
}

/** Asks once more before something is forgotten. `factId` names it: the text itself is private. */
export const showForget: ShowView = async (deps, at) => {
  const facts = await factsOf(deps, at.userId)
  const index = facts.findIndex(({ id }) => id === at.args.factId)
  const fact = facts[index]
  if (!fact) return showMemory(deps, at)
  const page = String(pageOf(index))
  return viewOf(
    deps,
    at,
    [say(deps, at, 'forget'), '\n\n', { text: fact.text, as: 'blockquote' }, '\n\n', say(deps, at, 'forget-means')],
    [
      [
        { text: label(deps, at, 'forget-yes'), verb: 'erase', argument: fact.id },
        { text: label(deps, at, 'forget-no'), verb: 'page', argument: page },
      ],
    ],
  )
}

/** ‹ and ›, as far as there is somewhere to go. */
function turning(page: number, pages: number): ButtonOf[] {
  const to = (text: string, target: number): ButtonOf => ({ text, verb: 'page', argument: String(target) })
  return [...(page > 0 ? [to('‹', page - 1)] : []), ...(page < pages - 1 ? [to('›', page + 1)] : [])]
}
