import type { Me } from '#contract/api'
import { Sheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ConnectWay } from './connect-way.tsx'
import { Reasons } from './reasons.tsx'

type Offer = NonNullable<Me['offers']['connectTelegram']>

export function ConnectSheet({ offer, onClose }: { offer: Offer; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('connect-title')} onClose={onClose}>
      <Reasons offer={offer} />
      <div className="mt-6">
        <ConnectWay />
      </div>
    </Sheet>
  )
}
