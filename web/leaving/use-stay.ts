import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Takes the wish to leave back. */
export function useStay() {
  const api = useApi()
  const cache = useCache()
  const { t } = useTexts()
  return useAction(() => api.call('POST', '/api/me/erasure/cancel'), {
    async onDone() {
      tell(t('leaving-stayed'))
      await cache.renewAll('me')
    },
  })
}
