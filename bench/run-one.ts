import { BENCHES } from './benches.ts'

// One bench in a process of its own: what it leaves in memory, or dies of, is not another one's.
const [name = ''] = process.argv.slice(2)
const run = await BENCHES[name]?.load()
const rows = (await run?.()) ?? []
process.send?.({ rows }, () => process.exit(0))
