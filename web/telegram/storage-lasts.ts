const PROBE_KEY = 'vitte.probe'

/** Whether what is kept here outlives this page: in a cross-site frame a browser may allow no storage at all. */
export function storageLasts(): boolean {
  try {
    window.localStorage.setItem(PROBE_KEY, '')
    window.localStorage.removeItem(PROBE_KEY)
    return true
  } catch {
    return false
  }
}
