/** Moments at which waiting for the network makes no sense any more: it is back, or somebody looks at the page. */
export function onPageWake(wake: () => void): () => void {
  const onLook = () => document.visibilityState === 'visible' && wake()
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', onLook)
  return () => {
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', onLook)
  }
}
