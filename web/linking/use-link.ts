import { useCallback, useEffect, useRef, useState } from 'react'
import type { LinkConfirmed, LinkPreview, Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { type Action, useAction } from '../api/use-action.ts'
import { moveKeptTexts } from '../chat/kept-texts.ts'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { forgetCode, keepCode, keptCode } from './kept-code.ts'
import { forgetLinkSecret, keptLinkSecret, takeLinkSecret } from './kept-secret.ts'
import { isJoined, type LinkState, stateAfter } from './link-state.ts'

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
  const cache = useCache()
  const [state, setState] = useState<LinkState>({ at: 'loading' })
  const before = useRef(me)
  const ask = useCallback(
    <T>(deed: 'preview' | 'confirm') => api.call<T>('POST', `/api/link/${deed}`, { body: { token: keptLinkSecret() } }),
    [api],
  )

  /** A link that was used may have been used by this very person, whose answer was lost. */
  const settle = useCallback(
    async (next: LinkState) => {
      if (next.at === 'dead' && next.code === 'used') {
        const now = await api.call<Me>('GET', '/api/me').catch(() => null)
        if (now && isJoined(now) && !isJoined(before.current)) next = { at: 'linked' }
      }
      if (next.at === 'linked' || next.at === 'dead') forgetLink()
      setState(next)
      if (next.at !== 'linked') return
      const now = await api.call<Me>('GET', '/api/me').catch(() => null)
      if (now) moveKeptTexts(lastingStorage, before.current.user.id, now.user.id)
      await cache.renewAll()
    },
    [api, cache],
  )

  const open = useCallback(async () => {
    const secret = keptLinkSecret()
    if (!secret) return setState({ at: 'missing' })
    const waiting = keptCode(secret)
    if (waiting) return setState({ at: 'code', waiting })
    setState({ at: 'loading' })
    const next = await ask<LinkPreview>('preview').then(
      (preview): LinkState => ({ at: 'preview', preview }),
      stateAfter,
    )
    // Another link may have been opened in this tab meanwhile.
    if (keptLinkSecret() === secret) await settle(next)
  }, [ask, settle])

  const confirm = useAction(async () => {
    const secret = keptLinkSecret() ?? ''
    const next = await ask<LinkConfirmed>('confirm').then((answer): LinkState => {
      if (answer.status === 'linked') return { at: 'linked' }
      keepCode(secret, answer)
      return { at: 'code', waiting: answer }
    }, stateAfter)
    await settle(next)
  })

  const check = useCallback(async () => {
    const next = await ask('preview').then((): LinkState | null => null, stateAfter)
    // Silence and a busy server say nothing about the link.
    if (next?.at === 'dead') await settle(next)
  }, [ask, settle])

  // The stream may tell sooner than asking does.
  useEffect(() => {
    if (state.at === 'code' && isJoined(me)) void settle({ at: 'linked' })
  }, [state.at, me, settle])

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

function forgetLink(): void {
  forgetLinkSecret()
  forgetCode()
}
