const KEPT_AS = 'sandbox-theme'

export type Theme = 'light' | 'dark'

/** Theme parameters a Mini App gets (core.telegram.org/bots/webapps, ThemeParams), in this messenger's own colours. */
const PARAMS: Record<Theme, Record<string, string>> = {
  light: {
    bg_color: '#ffffff',
    secondary_bg_color: '#eef1ef',
    section_bg_color: '#ffffff',
    header_bg_color: '#ffffff',
    bottom_bar_bg_color: '#ffffff',
    text_color: '#17211f',
    hint_color: '#5f6d69',
    subtitle_text_color: '#5f6d69',
    section_header_text_color: '#0b6b60',
    link_color: '#0b6b60',
    accent_text_color: '#0b6b60',
    button_color: '#0b6b60',
    button_text_color: '#ffffff',
    destructive_text_color: '#b3352b',
  },
  dark: {
    bg_color: '#18201f',
    secondary_bg_color: '#101615',
    section_bg_color: '#1d2726',
    header_bg_color: '#18201f',
    bottom_bar_bg_color: '#18201f',
    text_color: '#e9f0ee',
    hint_color: '#98a8a4',
    subtitle_text_color: '#98a8a4',
    section_header_text_color: '#63cdb9',
    link_color: '#63cdb9',
    accent_text_color: '#63cdb9',
    button_color: '#63cdb9',
    button_text_color: '#0b1614',
    destructive_text_color: '#ff8d80',
  },
}

const listeners = new Set<(theme: Theme) => void>()
let current: Theme = kept() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
show()

export const theme = {
  current: () => current,
  params: () => PARAMS[current],
  switch() {
    current = current === 'dark' ? 'light' : 'dark'
    localStorage.setItem(KEPT_AS, current)
    show()
    for (const listener of listeners) listener(current)
  },
  onChange(listener: (theme: Theme) => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function kept(): Theme | null {
  const value = localStorage.getItem(KEPT_AS)
  return value === 'dark' || value === 'light' ? value : null
}

function show() {
  document.documentElement.dataset.theme = current
}
