import type { Me, Offer } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { usePersonas } from '../api/queries.ts'
import { ConnectWay } from '../settings/connect-way.tsx'
import { Reasons } from '../settings/reasons.tsx'
import { CheckIcon, PlaneIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { activePrice } from './available.ts'
import { useOffers, useSubscription } from './queries.ts'
import { type Purchase, usePurchase } from './use-purchase.ts'

interface ShopProps {
  me: Me
  /** It has come, and the person has seen that. */
  onDone?(): void
}

/** Packs and the subscription: what they cost in Stars, what they bring, and the way to pay. */
export function Shop({ me, onDone }: ShopProps) {
  const purchase = usePurchase(me)
  const leave = () => {
    purchase.leave()
    onDone?.()
  }
  if (purchase.arrived) return <Arrived onDone={leave} />
  if (purchase.invoice && !purchase.busy && !purchase.invoice.shown) return <PayElsewhere purchase={purchase} />
  return (
    <>
      <Offers me={me} purchase={purchase} />
      {me.offers.connectTelegram && <ConnectFirst offer={me.offers.connectTelegram} />}
    </>
  )
}

function Offers({ me, purchase }: { me: Me; purchase: Purchase }) {
  const { t } = useTexts()
  const { data: offers, error, again } = useOffers()
  if (!offers) {
    if (!error) return <Skeletons />
    return (
      <p role="alert" className="flex items-center justify-between gap-3 text-muted">
        {t('shop-failed')}
        <button type="button" className="button-text min-h-11 px-2" onClick={again}>
          {t('action-again')}
        </button>
      </p>
    )
  }
  if (offers.length === 0) return <p className="text-muted">{t('shop-empty')}</p>
  return (
    <>
      <p className="text-[0.9375rem] text-muted text-pretty">{t('shop-lead')}</p>
      <ul className="mt-4 flex flex-col gap-3">
        {offers.map((offer) => (
          <OfferCard key={offer.id} me={me} offer={offer} purchase={purchase} />
        ))}
      </ul>
      <p role="status" className="mt-3 text-[0.875rem] text-muted text-pretty empty:hidden">
        {purchase.invoice && t('shop-waiting')}
      </p>
      {purchase.error !== null && (
        <p role="alert" className="mt-3 text-[0.875rem] text-danger">
          {sentenceOf(purchase.error, t('error-unreachable'))}
        </p>
      )}
    </>
  )
}

function OfferCard({ me, offer, purchase }: { me: Me; offer: Offer; purchase: Purchase }) {
  const { t } = useTexts()
  const { data: subscription } = useSubscription()
  const { kind, title, description, stars } = offer
  const mine = kind === 'subscription' && subscription != null && subscription.state !== 'failed'
  const price = t(kind === 'pack' ? 'shop-buy' : 'shop-subscribe', { stars })
  return (
    <li className="rounded-2xl border border-line bg-accent-soft/50 px-4 py-3.5">
      <h3 className="text-[1.375rem]">{title}</h3>
      <p className="mt-0.5 text-[0.9375rem] text-pretty">{description}</p>
      <Worth me={me} offer={offer} />
      {mine ? (
        <p className="mt-3 flex min-h-11 items-center gap-1.5 text-[0.9375rem] text-muted">
          <CheckIcon className="size-4 text-accent" />
          {t('shop-subscribed')}
        </p>
      ) : me.offers.connectTelegram ? (
        <p className="mt-2 font-medium">
          {t('shop-stars', { stars })}
          {kind === 'subscription' && `, ${t('shop-month')}`}
        </p>
      ) : (
        <button
          type="button"
          className="button button-quiet mt-3 w-full bg-ground"
          disabled={purchase.busy}
          aria-label={`${title}: ${price}`}
          onClick={() => purchase.buy(offer)}
        >
          {price}
        </button>
      )}
    </li>
  )
}

/** In replies of the companion that the reader talks with, when it brings any. */
function Worth({ me, offer }: { me: Me; offer: Offer }) {
  const { t } = useTexts()
  const { data: personas } = usePersonas()
  const price = activePrice(me, personas)
  const count = price && price.amount > 0 ? Math.floor((offer.credits[price.type] ?? 0) / price.amount) : 0
  const name = me.conversation?.persona.name
  if (count === 0 || !name) return null
  return (
    <p className="mt-1 text-[0.875rem] text-muted">
      {t('shop-replies', { name, count })}
      {offer.kind === 'subscription' && `, ${t('shop-month')}`}
    </p>
  )
}

/** Outside Telegram the invoice is a link: what will happen, before it is followed. */
function PayElsewhere({ purchase: { invoice, leave } }: { purchase: Purchase }) {
  const { t } = useTexts()
  if (!invoice) return null
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-[1.375rem]">{t('shop-invoice-title')}</h3>
      <p className="text-[0.9375rem]">
        {invoice.offer.title} · {t('shop-stars', { stars: invoice.offer.stars })}
      </p>
      <p className="text-[0.9375rem] text-muted text-pretty">{t('shop-invoice-text')}</p>
      <a href={invoice.url} target="_blank" rel="noopener" className="button button-main w-full">
        <PlaneIcon />
        {t('shop-invoice-open')}
      </a>
      <button type="button" className="button button-quiet w-full" onClick={leave}>
        {t('shop-invoice-other')}
      </button>
    </div>
  )
}

function Arrived({ onDone }: { onDone(): void }) {
  const { t } = useTexts()
  return (
    <div role="status" className="flex flex-col gap-3">
      <h3 className="flex items-center gap-2 text-[1.375rem]">
        <CheckIcon className="size-5 text-accent" />
        {t('shop-arrived-title')}
      </h3>
      <p className="text-muted text-pretty">{t('shop-arrived-text')}</p>
      <button type="button" className="button button-main w-full" onClick={onDone}>
        {t('shop-arrived-done')}
      </button>
    </div>
  )
}

function ConnectFirst({ offer }: { offer: NonNullable<Me['offers']['connectTelegram']> }) {
  const { t } = useTexts()
  return (
    <div className="mt-5 flex flex-col gap-4">
      <p className="text-[0.9375rem] text-pretty">{t('shop-connect')}</p>
      <Reasons offer={offer} />
      <ConnectWay />
    </div>
  )
}

function Skeletons() {
  return (
    <div className="appears-late flex flex-col gap-3" aria-hidden="true">
      {['pack', 'other', 'month'].map((name) => (
        <span key={name} className="skeleton block h-32 rounded-2xl" />
      ))}
    </div>
  )
}
