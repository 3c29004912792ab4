import { createLog } from '#platform/log'

/** For parts whose log nobody reads. */
export const silentLog = createLog({ level: 'silent' })
