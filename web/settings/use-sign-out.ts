import { useApi } from '../api/api-provider.tsx'
import { forgetKeptTexts } from '../chat/kept-texts.ts'
import { forgetVisit } from '../shell/first-page.ts'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Ends this session and leaves nothing of it in the browser. */
export function useSignOut(userId: string): () => void {
  const api = useApi()
  const { t } = useTexts()
  return () => {
    api.call('POST', '/api/auth/sign-out').then(
      () => {
        forgetKeptTexts(lastingStorage, userId)
        forgetVisit()
        location.replace('/')
      },
      () => tell(t('error-unreachable')),
    )
  }
}
