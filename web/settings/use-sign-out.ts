import { useApi } from '../api/api-provider.tsx'
import { forgetKeptTexts } from '../chat/kept-texts.ts'
import { forgetLinkSecret } from '../linking/kept-secret.ts'
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
      () => leaveNothing(userId),
      () => tell(t('error-unreachable')),
    )
  }
}

/** For a browser whose session has ended by its owner's wish. */
export function leaveNothing(userId: string): void {
  forgetKeptTexts(lastingStorage, userId)
  forgetLinkSecret()
  forgetVisit()
  // A browser may keep this document as it stands for the way back.
  document.body.replaceChildren()
  location.replace('/')
}
