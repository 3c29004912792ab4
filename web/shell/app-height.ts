/**
 * Keeps `--app-height` at what is really visible: a phone's keyboard covers the layout without changing it in Safari.
 * Inside Telegram its own viewport height comes first.
 */
export function followAppHeight(): void {
  const viewport = window.visualViewport
  if (!viewport) return
  const root = document.documentElement
  const set = () => {
    // A pinch zoom also shrinks the visual viewport; the layout must not follow it.
    if (viewport.scale > 1.01) return
    root.style.setProperty('--app-height', `${Math.round(viewport.height)}px`)
    if (window.scrollY !== 0) window.scrollTo(0, 0)
  }
  viewport.addEventListener('resize', set)
  // Inside a frame only the window tells: Telegram's big button takes room when it comes.
  window.addEventListener('resize', set)
  set()
}
