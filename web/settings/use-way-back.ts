import { useHistoryState } from 'wouter/use-browser-location'
import type { Me } from '#contract/api'

/** Where the way back from a page of one's own leads: to the settings when it was opened there, else to the first page. */
export function useWayBack({ conversation }: Me): string {
  const state = useHistoryState<{ back?: string } | null>()
  return state?.back ?? (conversation ? '/' : '/characters')
}
