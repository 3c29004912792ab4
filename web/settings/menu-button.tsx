import { lazy, Suspense, useState } from 'react'
import type { Me } from '#contract/api'
import { MenuIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const MenuSheet = lazy(() => import('./menu-sheet.tsx').then((module) => ({ default: module.MenuSheet })))

export function MenuButton({ me }: { me: Me }) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={t('menu-open')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <MenuIcon />
      </button>
      {open && (
        <Suspense>
          <MenuSheet me={me} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
