import { h, type IconName, icon } from './element.ts'
import { words } from './words.ts'

/** What is no text: a photo from this machine, a voice message, a sticker. */
export function createAttachMenu(say: (content: object) => void) {
  const file = h('input', {
    type: 'file',
    accept: 'image/png,image/jpeg,image/webp,image/gif',
    hidden: true,
    onchange: () => void sendFile(),
  })
  const element = h(
    'div',
    { class: 'attach-menu', hidden: true },
    entry('photo', words.photo, () => file.click()),
    entry('voice', words.voice, () => say({ kind: 'voice', seconds: 4 })),
    entry('sticker', words.sticker, () => say({ kind: 'sticker', emoji: '🌿' })),
    file,
  )
  const button = h(
    'button',
    { type: 'button', class: 'round', 'aria-label': words.attach, title: words.attach, onclick: () => toggle() },
    icon('plus'),
  )

  function toggle() {
    element.hidden = !element.hidden
  }

  function entry(name: IconName, label: string, act: () => void) {
    const onclick = () => {
      element.hidden = true
      act()
    }
    return h('button', { type: 'button', onclick }, icon(name), label)
  }

  async function sendFile() {
    const [chosen] = file.files ?? []
    if (!chosen) return
    const bytes = new Uint8Array(await chosen.arrayBuffer())
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    say({ kind: 'photo', base64: btoa(binary) })
    file.value = ''
  }

  return { button, element }
}
