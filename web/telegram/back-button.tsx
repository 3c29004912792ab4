import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useTelegram } from './telegram-context.tsx'

/** Telegram's own back button, shown wherever a way back to the `first` page exists; an open sheet is closed first. */
export function BackButton({ first }: { first: string }) {
  const telegram = useTelegram()
  const [path, navigate] = useLocation()
  useEffect(() => {
    const parent = path.startsWith('/characters/') ? '/characters' : first
    telegram?.setBack(path === '/' || path === first ? null : goBack)

    function goBack() {
      const sheet = document.querySelector<HTMLDialogElement>('dialog[open]')
      if (sheet) sheet.close()
      else navigate(parent)
    }
  }, [telegram, path, first, navigate])
  return null
}
