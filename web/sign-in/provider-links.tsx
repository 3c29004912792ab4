import type { SignInOptions } from '#contract/api'
import { PlaneIcon } from '../shell/icons.tsx'
import { KeyIcon } from '../shell/menu-icons.tsx'
import { isOwnPath } from '../shell/own-path.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { providerWay, telegramWay } from './ways.ts'

/** Ways in that lead through another site: plain links, so that the browser itself does the journey. */
export function ProviderLinks({ options }: { options: SignInOptions }) {
  const { t } = useTexts()
  const returnTo = returnPath()
  const telegram = telegramWay(options, returnTo)
  if (!telegram && options.providers.length === 0) return null
  return (
    <>
      <div className="flex flex-col gap-2.5">
        {telegram && (
          <a href={telegram} className="button button-main w-full">
            <PlaneIcon />
            {t('sign-in-telegram')}
          </a>
        )}
        {options.providers.map(({ name, label }) => (
          <a key={name} href={providerWay(name, returnTo)} className="button button-quiet w-full">
            <KeyIcon />
            {t('sign-in-provider', { label })}
          </a>
        ))}
      </div>
      {options.email && (
        <p className="my-5 flex items-center gap-4 text-[0.875rem] text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t('sign-in-or')}
        </p>
      )}
    </>
  )
}

/** The page that was asked for before the sign-in stood in its way. */
function returnPath(): string {
  if (isOwnPath(location.pathname)) return location.pathname
  const wanted = new URLSearchParams(location.search).get('returnTo') ?? '/'
  return isOwnPath(wanted) ? wanted : '/'
}
