import type { Params } from '../params.ts'
import type { World } from '../world.ts'

/** One Bot API method: reads its parameters, changes the world, returns `result`, or throws a Refusal. `gone` fires when the caller hangs up. */
export type Method = (world: World, params: Params, gone?: AbortSignal) => unknown
