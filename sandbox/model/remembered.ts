const HEADING = /^(?:Что ты помнишь|What you remember)/iu
const ITEM = /^- ("(?:[^"\\]|\\.)*")/u
const NAME = /^(?:Зовут|Name is)\s+(\p{L}[\p{L}-]{1,19})$/u

/** The facts of Vitte's system prompt: the list in JSON's quotes in the section with this heading. */
export function readRemembered(system: string): string[] {
  const section = system.split(/\n{2,}/).find((text) => HEADING.test(text)) ?? ''
  return section.split('\n').flatMap((line) => {
    const quoted = ITEM.exec(line)?.[1]
    return quoted ? readQuoted(quoted) : []
  })
}

function readQuoted(quoted: string): string[] {
  try {
    return [String(JSON.parse(quoted))]
  } catch {
    return []
  }
}

/** The person's name, when it is among the facts. */
export function findRememberedName(remembered: readonly string[]): string | null {
  return remembered.flatMap((fact) => NAME.exec(fact)?.[1] ?? []).at(-1) ?? null
}
