import { createStore } from './store.ts'

/** How many sheets stand over the page: what is not in them cannot be pressed meanwhile, Telegram's button among it. */
export const openSheets = createStore(0)
