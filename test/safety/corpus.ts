import { readFileSync } from 'node:fs'

/** A text of people, and under which heading it stands. */
export interface Sample {
  heading: string
  text: string
}

/** `[heading]` on a line of its own, then one text a line; before the first heading stand those of `first`. */
export function readSamples(name: string, first = ''): Sample[] {
  const samples: Sample[] = []
  let heading = first
  for (const line of readFileSync(new URL(name, import.meta.url), 'utf8').split('\n')) {
    const next = /^\[(\w+)\]$/.exec(line)?.[1]
    if (next !== undefined) heading = next
    else if (line.trim() !== '') samples.push({ heading, text: line })
  }
  return samples
}
