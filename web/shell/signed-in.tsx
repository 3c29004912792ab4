import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch, useLocation, useRoute } from 'wouter'
import type { Me } from '#contract/api'
import { ChatProvider } from '../chat/chat-provider.tsx'
import { ShopPlace } from '../credits/shop-place.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { loadChatPage, rememberVisit } from './first-page.ts'
import { PageBoundary } from './page-boundary.tsx'
import { StartUp } from './start-up.tsx'
import { useWide } from './use-wide.ts'

const ChatPage = lazy(() => loadChatPage().then((module) => ({ default: module.ChatPage })))
const SidePane = lazy(() => import('./side-pane.tsx').then((module) => ({ default: module.SidePane })))
const CompanionsPage = lazy(() =>
  import('../characters/companions-page.tsx').then((module) => ({ default: module.CompanionsPage })),
)
const CompanionPage = lazy(() =>
  import('../characters/companion-page.tsx').then((module) => ({ default: module.CompanionPage })),
)
const TelegramManners = lazy(() =>
  import('../telegram/telegram-manners.tsx').then((module) => ({ default: module.TelegramManners })),
)
const TextsNews = lazy(() => import('../legal/texts-news.tsx').then((module) => ({ default: module.TextsNews })))
const LeavingStrip = lazy(() =>
  import('../leaving/leaving-strip.tsx').then((module) => ({ default: module.LeavingStrip })),
)
const OtherPages = lazy(() => import('./other-pages.tsx').then((module) => ({ default: module.OtherPages })))

/** Everything behind the sign-in: two panes on wide screens, one on a phone. */
export function SignedIn({ me }: { me: Me }) {
  const { speak } = useTexts()
  const telegram = useTelegram()
  const wide = useWide()
  // A question that matters stands alone.
  const [joining] = useRoute('/link')
  const [path] = useLocation()
  const accent = accentOf(me.conversation?.persona.id)
  useEffect(() => speak(me.user.locale), [me.user.locale, speak])
  useEffect(rememberVisit, [])
  useEffect(() => {
    document.documentElement.dataset.accent = accent
  }, [accent])
  return (
    <ChatProvider userId={me.user.id}>
      {telegram && (
        <PageBoundary dispensable>
          <Suspense>
            <TelegramManners first={me.conversation ? '/' : '/characters'} />
          </Suspense>
        </PageBoundary>
      )}
      <div className="flex h-full">
        {wide && !joining && (
          <PageBoundary dispensable>
            <Suspense fallback={<div className="h-full w-[20.5rem] shrink-0 border-line border-r bg-sunk" />}>
              <SidePane me={me} />
            </Suspense>
          </PageBoundary>
        )}
        <div className="flex h-full min-w-0 flex-1 flex-col">
          {isAskedToAgree(me) && !joining && (
            <PageBoundary dispensable>
              <Suspense>
                <TextsNews me={me} />
              </Suspense>
            </PageBoundary>
          )}
          {me.user.erasure && (
            <PageBoundary dispensable>
              <Suspense>
                <LeavingStrip />
              </Suspense>
            </PageBoundary>
          )}
          <div className="min-h-0 flex-1">
            <PageBoundary key={path}>
              <Suspense fallback={<StartUp />}>
                <Pages me={me} />
              </Suspense>
            </PageBoundary>
          </div>
        </div>
      </div>
      <PageBoundary dispensable>
        <ShopPlace me={me} />
      </PageBoundary>
    </ChatProvider>
  )
}

/** Who has not confirmed 18+ yet agrees to everything together there. */
function isAskedToAgree({ user, legal }: Me): boolean {
  if (!user.adultConfirmedAt) return false
  return Object.values(legal).some(({ version, accepted }) => accepted === null || accepted < version)
}

function Pages({ me }: { me: Me }) {
  return (
    <Switch>
      <Route path="/">
        <ChatPage me={me} />
      </Route>
      <Route path="/characters">
        <CompanionsPage me={me} />
      </Route>
      <Route path="/characters/:id">{({ id }) => <CompanionPage key={id} me={me} id={id} />}</Route>
      <Route>
        <OtherPages me={me} />
      </Route>
    </Switch>
  )
}
