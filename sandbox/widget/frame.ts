// Runs in the frame with the button: asks in a window of its own, and tells the page that shows the frame.

const POPUP = 'width=550,height=560,status=0,location=0,menubar=0,toolbar=0'
const site = new URLSearchParams(location.search).get('origin') ?? ''
let asking: Window | null = null

document.querySelector('button')?.addEventListener('click', () => {
  asking = window.open(`${location.pathname}/auth${location.search}`, 'telegram_oauth', POPUP)
})
window.addEventListener('message', (message) => {
  if (message.source !== asking || message.origin !== location.origin) return
  window.parent.postMessage(JSON.stringify({ event: 'auth_user', auth_data: JSON.parse(message.data) }), site)
})
