import type { Me } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { activePrice } from './available.ts'

/** Quietly under the composer: what the next reply costs. */
export function PriceLine({ me }: { me: Me }) {
  const { t } = useTexts()
  const { data: personas } = usePersonas()
  const price = activePrice(me, personas)
  return (
    <p className="mt-1 h-4 text-center text-[0.75rem] text-muted leading-4">
      {price &&
        price.amount > 0 &&
        t('price-reply', { price: t(`credits-${price.type}-count`, { count: price.amount }) })}
    </p>
  )
}
