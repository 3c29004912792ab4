import { fileURLToPath } from 'node:url'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Where content lies beside the code. */
export const PERSONAS_FOLDER = fromHere('../../personas')
export const OFFERS_FILE = fromHere('../../offers.yaml')
export const LOCALES_FOLDER = fromHere('../../locales')
export const LEGAL_FOLDER = fromHere('../../legal')
export const PAGE_FOLDER = fromHere('../../web/dist')
