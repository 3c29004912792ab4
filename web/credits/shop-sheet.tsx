import type { Me } from '#contract/api'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CreditsTexts } from './credits-texts.tsx'
import { Shop } from './shop.tsx'

/** What can be bought, in a sheet. */
export function ShopSheet({ me, onClose }: { me: Me; onClose(): void }) {
  return (
    <CreditsTexts>
      <Titled me={me} onClose={onClose} />
    </CreditsTexts>
  )
}

function Titled({ me, onClose }: { me: Me; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('shop-title')} onClose={onClose}>
      <Inside me={me} />
    </Sheet>
  )
}

function Inside({ me }: { me: Me }) {
  return <Shop me={me} onDone={useCloseSheet()} />
}
