/** One part of `npm run check`. */
export interface Step {
  name: string
  /** What is wrong, as it shall be printed; empty when all is well. */
  findings(): Promise<string> | string
}

/** Runs a step; one that breaks has found something too. */
export async function take(step: Step): Promise<{ findings: string; seconds: number }> {
  const start = performance.now()
  let findings: string
  try {
    findings = await step.findings()
  } catch (error) {
    findings = error instanceof Error ? error.message : String(error)
  }
  return { findings: findings.trim(), seconds: (performance.now() - start) / 1000 }
}
