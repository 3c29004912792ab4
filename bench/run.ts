import { acceptPath } from './accept/accept-path.ts'
import { campaign } from './campaign/campaign.ts'
import { checkout } from './checkout.ts'
import { queueRate } from './deliveries/deliveries.ts'
import { questionToSend } from './deliveries/question-to-send.ts'
import { firstDelta } from './first-delta.ts'
import { idleMemory } from './idle-memory.ts'
import { ledger } from './ledger/ledger.ts'
import { live } from './live/live.ts'
import { mergeLong } from './merge/merge-long.ts'
import { migration, migrationLarge } from './migration/migration.ts'
import { pageLoad } from './page/page-load.ts'
import { scrollBack } from './page/scroll-back.ts'
import { planning } from './planning/planning.ts'
import { promptAssembly } from './prompt/prompt-assembly.ts'
import { HEADING, printRow, type Row, verdictOf } from './row.ts'
import { safetyReading } from './safety/reading.ts'
import { signIn } from './sign-in/sign-in.ts'
import { holds } from './spending.ts'
import { vaultCost } from './vault/vault-cost.ts'

const BENCHES: Record<string, () => Promise<Row[]>> = {
  accept: acceptPath,
  campaign,
  checkout,
  deliveries: async () => [...(await queueRate()), ...(await questionToSend())],
  delta: firstDelta,
  ledger,
  live,
  memory: idleMemory,
  merge: mergeLong,
  migration,
  'migration-large': migrationLarge,
  page: pageLoad,
  planning,
  prompt: promptAssembly,
  safety: safetyReading,
  scroll: scrollBack,
  'sign-in': signIn,
  spending: holds,
  vault: vaultCost,
}

/** These take long, and run when they are asked for by name. */
const ONLY_BY_NAME = ['migration-large']

/** `npm run bench` runs all but those, `npm run bench -- accept` one. Ends with 1 when a floor is missed. */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in BENCHES))
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`)
    process.exitCode = 1
    return
  }
  console.log(HEADING)
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 ? !names.includes(name) : ONLY_BY_NAME.includes(name)) continue
    for (const row of await bench()) {
      console.log(printRow(row))
      if (verdictOf(row) === 'BELOW FLOOR') process.exitCode = 1
    }
  }
}

await main(process.argv.slice(2))
