import type { Fact } from '#contract/api'
import type { Sandbox } from '#sandbox'
import type { Person } from '#test/people'
import { waitFor } from '#test/wait-for'

/** What the model is to make of the next talk it reads; `line` counts the lines it was shown, from 1. */
export function answerDigest(sandbox: Sandbox, summary: string, facts: { line: number; text: string }[]): void {
  sandbox.model.control({ digest: { text: JSON.stringify({ summary, facts }) } })
}

/** Opens the memory, as a person does, until this is remembered: looking makes the reading begin. */
export function rememberedBy(person: Person, text: string): Promise<Fact> {
  return waitFor(async () => (await person.memory()).find((fact) => fact.text === text), {
    what: `the fact "${text}"`,
  })
}

/** All that the model was told with the last question. */
export function lastPrompt(sandbox: Sandbox): string {
  return JSON.stringify(sandbox.model.calls().at(-1)?.messages ?? [])
}
