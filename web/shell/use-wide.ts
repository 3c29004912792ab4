import { useSyncExternalStore } from 'react'

// The same width as `--breakpoint-wide` in theme/index.css.
const wide = matchMedia('(min-width: 900px)')

/** Whether there is room for two panes. */
export function useWide(): boolean {
  return useSyncExternalStore(onWideChange, () => wide.matches)
}

/** Tells when the page becomes wide or narrow; returns how to stop that. */
export function onWideChange(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}
