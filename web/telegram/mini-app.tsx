import { useEffect, useMemo, useRef } from 'react'
import { ApiProvider } from '../api/api-provider.tsx'
import type { Query } from '../api/cache.ts'
import { useCache, useKnown } from '../api/cache-provider.tsx'
import { type Api, createApi } from '../api/create-api.ts'
import { meQuery } from '../api/queries.ts'
import { Gate } from '../shell/gate.tsx'
import { visitStorage } from '../shell/guarded-storage.ts'
import { StartUp } from '../shell/start-up.tsx'
import { Unreachable } from '../shell/unreachable.tsx'
import { deepLink } from './deep-link.ts'
import type { Telegram } from './sdk.ts'
import { signInWithLaunchData } from './sign-in.ts'
import { StalePage } from './stale-page.tsx'
import { standInForStorage } from './storage-stand-in.ts'
import { TelegramContext } from './telegram-context.tsx'

interface Entered {
  telegram: Telegram
  /** Null when neither the kept session nor the launch data are good. */
  token: string | null
}

/** `/app`: inside Telegram the launch data sign in without a click; a plain browser is led to the website. */
export function MiniApp() {
  const entered = useKnown(entrance)
  const token = entered.data?.token ?? null
  const api = useReentering(token)
  if (entered.error && !entered.data) return <Unreachable onAgain={() => entered.again()} />
  if (!entered.data) return <StartUp />
  const { telegram } = entered.data
  if (!token) return <StalePage onClose={telegram.close} />
  return (
    <TelegramContext value={telegram}>
      <ApiProvider value={api}>
        <Gate key={token} outside={<StalePage onClose={telegram.close} />} />
      </ApiProvider>
    </TelegramContext>
  )
}

/** A session that ended under way is renewed once with the launch data, which may still be young enough. */
function useReentering(token: string | null): Api {
  const cache = useCache()
  const renewed = useRef(false)
  const api = useMemo(() => {
    const onUnauthorized = () => {
      if (renewed.current) return cache.set('me', null)
      renewed.current = true
      void cache.renew(entrance)
    }
    return createApi({ token, onUnauthorized })
  }, [cache, token])
  // The end of the old session may have been learnt by asking who is here.
  useEffect(() => {
    if (token && cache.of('me').get().data === null) void cache.renew(meQuery(api))
  }, [cache, token, api])
  return api
}

const entrance: Query<Entered> = { key: 'telegram', ask: enter }

let joined: Telegram | null = null

async function enter(): Promise<Entered> {
  if (!joined) {
    standInForStorage()
    const { joinTelegram } = await import('./sdk.ts')
    joined = joinTelegram(document.querySelector('meta[name="vitte-telegram-origin"]')?.getAttribute('content') ?? null)
    if (!joined) return leaveForSite()
    const target = deepLink(joined.startParam)
    if (target) history.replaceState(null, '', `/app${target}`)
  }
  return { telegram: joined, token: await signInWithLaunchData(joined.initData, visitStorage) }
}

/** Never resolves: the browser is on its way to another page. */
function leaveForSite(): Promise<never> {
  location.replace(location.pathname.replace(/^\/app\/?/, '/'))
  return new Promise(() => {})
}
