import { take } from './step.ts'
import { steps } from './steps.ts'

const root = new URL('../../', import.meta.url).pathname

/** Every part is run and every failure shown; one is enough to fail. */
for (const step of steps(root)) {
  const { findings, seconds } = await take(step)
  console.log(`${findings ? '✖' : '✔'} ${step.name} (${seconds.toFixed(1)} s)`)
  if (!findings) continue
  console.log(findings.replace(/^/gm, '    '))
  process.exitCode = 1
}
