import { useTexts } from '../texts/texts-provider.tsx'
import { shopIsOpen } from './shop-place.tsx'

/** Opens what can be bought, over whatever is being done: a text in the composer stays there. */
export function ShopButton({ className }: { className: string }) {
  const { t } = useTexts()
  return (
    <button type="button" className={className} aria-haspopup="dialog" onClick={() => shopIsOpen.set(true)}>
      {t('shop-open')}
    </button>
  )
}
