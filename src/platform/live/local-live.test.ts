import { createLog } from '#platform/log'
import { createLocalLive } from './create-local-live.ts'
import { liveContract } from './live-contract.ts'

liveContract('in one process', async () => {
  const live = createLocalLive({ log: createLog({ level: 'silent' }) })
  return { here: live, there: live }
})
