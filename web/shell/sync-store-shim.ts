/** Stands in for the package of this name, which brings React 17 a hook that our React has of its own. */
export { useSyncExternalStore } from 'react'
