import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'
import { CloseIcon } from './icons.tsx'

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
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for a press on the backdrop is Escape, which dialog has.
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
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
