import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useTelegram } from './telegram-context.tsx'

const PARENT: Record<string, string> = { '/': '', '/chat/started': '/' }

/** Telegram's own back button, shown wherever a way back exists; an open sheet is closed first. */
export function BackButton() {
  const telegram = useTelegram()
  const [path, navigate] = useLocation()
  useEffect(() => {
    const parent = path.startsWith('/characters/') ? '/characters' : (PARENT[path] ?? '/')
    telegram?.setBack(parent ? goBack : null)

    function goBack() {
      const sheet = document.querySelector<HTMLDialogElement>('dialog[open]')
      if (sheet) sheet.close()
      else navigate(parent)
    }
  }, [telegram, path, navigate])
  return null
}
