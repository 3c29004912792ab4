import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { ApiProvider } from '../api/api-provider.tsx'
import { type Api, createApi } from '../api/create-api.ts'
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

/** `/app`: inside Telegram the launch data sign in without a click; a plain browser is led to the website. */
export function MiniApp() {
  const client = useQueryClient()
  const entered = useQuery({ queryKey: ['telegram'], queryFn: enter, staleTime: Number.POSITIVE_INFINITY })
  const token = entered.data?.token ?? null
  const api = useReentering(token)
  if (entered.isError) return <Unreachable onAgain={() => void entered.refetch()} />
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
  const client = useQueryClient()
  const renewed = useRef(false)
  return useMemo(() => {
    const onUnauthorized = () => {
      client.setQueryData(['me'], null)
      if (renewed.current) return
      renewed.current = true
      client.removeQueries({ queryKey: ['me'] })
      void client.refetchQueries({ queryKey: ['telegram'] })
    }
    return createApi({ token, onUnauthorized })
  }, [client, token])
}

let joined: Telegram | null = null

async function enter(): Promise<{ telegram: Telegram; token: string | null }> {
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
