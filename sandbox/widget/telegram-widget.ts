// Runs on the pages of sites, as a classic script: what it knows it reads from its own element.

/** Width and height of the button by `data-size`. */
const SIZES: Record<string, [number, number]> = { large: [238, 40], medium: [186, 28], small: [148, 20] }
/** Attributes that the frame is told of, each with `data-` in front. */
const TOLD = ['size', 'userpic', 'radius', 'request-access', 'lang']

const element = document.currentScript
if (element instanceof HTMLScriptElement && element.dataset.telegramLogin) showButton(element)

function showButton(script: HTMLScriptElement) {
  const { origin } = new URL(script.src)
  const address = new URL(`/embed/${script.dataset.telegramLogin}`, origin)
  address.searchParams.set('origin', location.origin)
  address.searchParams.set('return_to', location.href)
  for (const name of TOLD) {
    const value = script.getAttribute(`data-${name}`)
    if (value !== null) address.searchParams.set(name.replaceAll('-', '_'), value)
  }
  const frame = document.createElement('iframe')
  const [width, height] = SIZES[script.dataset.size ?? 'medium'] ?? [186, 28]
  Object.assign(frame, { id: `telegram-login-${script.dataset.telegramLogin}`, src: address.href })
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, border: 'none', overflow: 'hidden' })
  script.before(frame)
  window.addEventListener('message', (message) => {
    if (message.source !== frame.contentWindow || message.origin !== origin) return
    const { event, auth_data } = JSON.parse(String(message.data))
    if (event === 'auth_user') leave(script.dataset.authUrl ?? location.href, auth_data)
  })
}

/** Redirect mode: the signed fields are added to the address as they are. */
function leave(authUrl: string, fields: Record<string, string | number>) {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  location.href = `${authUrl}${authUrl.includes('?') ? '&' : '?'}${pairs.join('&')}`
}
