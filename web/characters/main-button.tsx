import { useEffect, useEffectEvent } from 'react'
import { openSheets } from '../shell/open-sheets.ts'
import { useStore } from '../shell/store.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'

interface MainButtonProps {
  text: string
  busy?: boolean
  onPress(): void
}

/** The one deed of a page: Telegram's big button below the page where there is one, else a button on the page itself. */
export function MainButton({ text, busy = false, onPress }: MainButtonProps) {
  const telegram = useTelegram()
  const covered = useStore(openSheets, (count) => count > 0)
  const press = useEffectEvent(onPress)
  const elsewhere = telegram?.hasBigButton === true
  useEffect(() => {
    if (elsewhere && !covered) telegram.setBigButton({ text, busy, onPress: () => press() })
    else telegram?.setBigButton(null)
  }, [telegram, elsewhere, covered, text, busy])
  useEffect(() => () => telegram?.setBigButton(null), [telegram])
  if (elsewhere) return null
  return (
    <button type="button" className="button button-main w-full" disabled={busy} onClick={onPress}>
      {text}
    </button>
  )
}
