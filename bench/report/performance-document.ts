import { readFile, writeFile } from 'node:fs/promises'
import type { Goal } from '../goals.ts'
import { GOALS } from '../goals.ts'
import type { Row } from '../row.ts'
import { renderBlock, replaceBlock } from './figures-block.ts'
import { describeMachine } from './machine.ts'

const FILE = new URL('../../docs/performance.md', import.meta.url)

export function readDocument(): Promise<string> {
  return readFile(FILE, 'utf8')
}

/** Puts the figures of one bench into docs/performance.md; what else is written there stays. */
export async function writeFigures(name: string, rows: Row[], seconds: number): Promise<void> {
  const date = new Date().toISOString().slice(0, 10)
  const block = renderBlock(name, rows, { date, machine: describeMachine(), seconds })
  const text = await readDocument()
  await writeFile(FILE, replaceBlock(text, name, block) ?? addBlock(text, GOALS, name, block))
}

/**
 * The text with a block at the end of its goal's section, which is added when there is none.
 * @throws when no goal names the bench
 */
export function addBlock(text: string, goals: readonly Goal[], name: string, block: string): string {
  const goal = goals.find(({ benches }) => benches.includes(name))
  if (!goal) throw new Error(`no goal names the bench ${name}: bench/goals.ts`)
  const heading = `## ${goal.name}\n`
  const start = text.indexOf(heading)
  if (start < 0) return `${text.trimEnd()}\n\n${heading}\n${block}\n`
  const next = text.indexOf('\n## ', start)
  const end = next < 0 ? text.length : next
  return `${text.slice(0, end).trimEnd()}\n\n${block}\n${text.slice(end)}`
}
