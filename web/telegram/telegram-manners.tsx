import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useChat, useTimeline } from '../chat/chat-provider.tsx'
import { useStore } from '../shell/store.ts'
import { storageLasts } from './storage-lasts.ts'
import { useTelegram } from './telegram-context.tsx'

/** Pages that have pages below them. */
const PARENTS = ['/characters', '/settings']

/** Telegram's own header serves the page: its back button, its entry to the settings, its question before closing. */
export function TelegramManners({ first }: { first: string }) {
  useBackButton(first)
  useSettingsEntry()
  useClosingQuestion()
  return null
}

/** Shown wherever a way back to the `first` page exists; an open sheet is closed first. */
function useBackButton(first: string): void {
  const telegram = useTelegram()
  const [path, navigate] = useLocation()
  useEffect(() => {
    telegram?.setBack(path === '/' || path === first ? null : goBack)

    function goBack() {
      const sheet = document.querySelector<HTMLDialogElement>('dialog[open]')
      if (sheet) sheet.close()
      else navigate(PARENTS.find((parent) => path.startsWith(`${parent}/`)) ?? first)
    }
  }, [telegram, path, first, navigate])
}

function useSettingsEntry(): void {
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  useEffect(() => telegram?.setSettings(() => navigate('/settings')), [telegram, navigate])
}

/** Telegram asks before it closes the page only where the unsent text would really be gone. */
function useClosingQuestion(): void {
  const telegram = useTelegram()
  const written = useStore(useChat().draft, (draft) => draft.trim() !== '')
  const waiting = useTimeline(({ outbox }) => outbox.length > 0)
  const wouldBeLost = (written || waiting) && !storageLasts()
  useEffect(() => telegram?.askBeforeClosing(wouldBeLost), [telegram, wouldBeLost])
}
