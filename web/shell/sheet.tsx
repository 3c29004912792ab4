import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'
import { CloseIcon } from './icons.tsx'
import { openSheets } from './open-sheets.ts'
import { onWideChange } from './use-wide.ts'

const CloseContext = createContext<() => void>(() => {})

/** Closes the sheet around; the focus goes back to what opened it. */
export const useCloseSheet = () => useContext(CloseContext)

interface SheetProps {
  title: string
  onClose(): void
  children: ReactNode
}

/** A sheet from below on a phone, a card in the middle on wide screens. Modal: Escape and a press beside it close it. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { t } = useTexts()
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const onPress = (event: MouseEvent) => event.target === element && element.close()
    element.addEventListener('click', onPress)
    element.showModal()
    openSheets.set((count) => count + 1)
    // What opened it may be hidden from now on: a sheet in there would hold the page and not be seen.
    const forget = onWideChange(() => element.getClientRects().length === 0 && element.close())
    return () => {
      forget()
      openSheets.set((count) => count - 1)
      element.removeEventListener('click', onPress)
    }
  }, [])
  const close = () => dialog.current?.close()

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={titleId} onClose={onClose}>
      <div className="mb-3 flex items-start justify-between gap-4">
        <h2 id={titleId} className="text-[1.75rem]">
          {title}
        </h2>
        <button type="button" className="icon-button -mt-1 -mr-2" aria-label={t('action-close')} onClick={close}>
          <CloseIcon />
        </button>
      </div>
      <CloseContext value={close}>{children}</CloseContext>
    </dialog>
  )
}
