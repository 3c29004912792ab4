import { type Risk, readRisks } from '#domain/safety'
import type { Texts } from '#platform/texts'

/** What keeps a talk safe, handed in by whoever builds the product. */
export interface Safeguard {
  texts: Texts
  /** A word that stands in every prompt and may never come out. */
  canary: string
  /** It was about to. */
  caught(): void
  /** What a service outside finds in a text; empty when none is configured or it does not answer. Never throws. */
  moderate(text: string): Promise<ReadonlySet<Risk>>
}

/** The risks of a question: those that our own reading finds, and where it finds no danger, the service's. */
export async function risksOf(
  { moderate }: Pick<Safeguard, 'moderate'>,
  question: string,
  isDanger: (risks: ReadonlySet<Risk>) => boolean,
): Promise<ReadonlySet<Risk>> {
  const own = readRisks(question)
  return isDanger(own) ? own : own.union(await moderate(question))
}
