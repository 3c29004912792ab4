import { useCallback, useEffect, useRef, useState } from 'react'
import type { Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { type Action, useAction } from '../api/use-action.ts'
import { moveKeptTexts } from '../chat/kept-texts.ts'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { askMe, confirmLink, previewLink, whoUsedIt } from './ask-link.ts'
import { forgetCode, keptCode } from './kept-code.ts'
import { forgetLinkSecret, keptLinkSecret, takeLinkSecret } from './kept-secret.ts'
import { isJoined, type LinkState } from './link-state.ts'

interface Link {
  state: LinkState
  /** Asks anew what the link would do. */
  open(): void
  confirm: Action<void>
  /** Whether the bot has been sent the code by now. Never rejects. */
  check(): Promise<void>
  leave(): void
}

/** The link whose secret this tab keeps. Opening, reloading and coming back only ever look at it. */
export function useLink(me: Me): Link {
  const api = useApi()
  const [state, settle] = useSettled(me)

  const open = useCallback(async () => {
    const secret = keptLinkSecret()
    if (!secret) return settle({ at: 'missing' })
    const waiting = keptCode(secret)
    if (waiting) return settle({ at: 'code', waiting })
    await settle({ at: 'loading' })
    const next = await previewLink(api, secret)
    // Another link may have been opened in this tab meanwhile.
    if (keptLinkSecret() === secret) await settle(next)
  }, [api, settle])

  const confirm = useAction(async () => settle(await confirmLink(api, keptLinkSecret() ?? '')))

  const check = useCallback(async () => {
    const next = await previewLink(api, keptLinkSecret() ?? '')
    // Silence and a busy server say nothing about the link.
    if (next.at === 'dead') await settle(next)
  }, [api, settle])

  useEffect(() => {
    void open()
    const onHash = () => {
      takeLinkSecret()
      void open()
    }
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [open])

  return { state, open: () => void open(), confirm, check, leave: forgetLink }
}

/** The state, and the way to the next one with all that comes with it. */
function useSettled(me: Me): [LinkState, (next: LinkState) => Promise<void>] {
  const api = useApi()
  const cache = useCache()
  const [state, setState] = useState<LinkState>({ at: 'loading' })
  const before = useRef(me)
  const settle = useCallback(
    async (next: LinkState) => {
      const known = await whoUsedIt(api, next, before.current)
      if (known.at === 'linked' || known.at === 'dead') forgetLink()
      setState(known)
      if (known.at !== 'linked') return
      const now = await askMe(api)
      if (now) moveKeptTexts(lastingStorage, before.current.user.id, now.user.id)
      await cache.renewAll()
    },
    [api, cache],
  )
  // The stream may tell sooner than asking does.
  useEffect(() => {
    if (state.at === 'code' && isJoined(me)) void settle({ at: 'linked' })
  }, [state.at, me, settle])
  return [state, settle]
}

function forgetLink(): void {
  forgetLinkSecret()
  forgetCode()
}
