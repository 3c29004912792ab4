/** What a command gives; undefined when it fails or takes longer. */
export async function withinTime<Reply>(command: Promise<Reply>, ms: number): Promise<Reply | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, ms, undefined)
  const reply = await Promise.race([command.catch(() => undefined), late])
  clearTimeout(timer)
  return reply
}
