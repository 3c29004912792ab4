import type { Interface } from '#contract/words'
import { GlobeIcon, type Icon, PlaneIcon, WindowIcon } from '../shell/icons.tsx'

/** The small sign of each interface. */
export const INTERFACE_MARKS: Record<Interface, Icon> = { bot: PlaneIcon, webapp: WindowIcon, browser: GlobeIcon }
