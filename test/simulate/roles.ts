import { MANY_ROLES } from './endurance/hardship.ts'
import { endure } from './endurance.ts'
import type { Simulation } from './simulation.ts'

/** At the pace of a run, two minutes of talk. */
export const TWO_MINUTES = MANY_ROLES.messagesPerSecond * 120

/**
 * Three processes that serve, two that stand by to poll and three that work, killed and restarted at random while people talk.
 * Everything that was accepted must be there once, in order, and paid once.
 */
export const roles: Simulation = (options) => endure(options, MANY_ROLES)
