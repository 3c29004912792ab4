import { lazy } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { Me } from '#contract/api'
import { isOwnPath } from './own-path.ts'

const StartedPage = lazy(() =>
  import('../characters/started-page.tsx').then((module) => ({ default: module.StartedPage })),
)
const ConversationsPage = lazy(() =>
  import('../chat/conversations-page.tsx').then((module) => ({ default: module.ConversationsPage })),
)
const LinkPage = lazy(() => import('../linking/link-page.tsx').then((module) => ({ default: module.LinkPage })))
const UndoPage = lazy(() => import('../linking/undo-page.tsx').then((module) => ({ default: module.UndoPage })))
const LoginsPage = lazy(() => import('../logins/logins-page.tsx').then((module) => ({ default: module.LoginsPage })))
const DataPage = lazy(() => import('../leaving/data-page.tsx').then((module) => ({ default: module.DataPage })))
const SettingsPage = lazy(() =>
  import('../settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
)
const MemoryPage = lazy(() => import('../memory/memory-page.tsx').then((module) => ({ default: module.MemoryPage })))
const RemindersPage = lazy(() =>
  import('../reminders/reminders-page.tsx').then((module) => ({ default: module.RemindersPage })),
)
const CreditsPage = lazy(() =>
  import('../credits/credits-page.tsx').then((module) => ({ default: module.CreditsPage })),
)

/** The pages that few visits begin with; whatever is no page leads to the first one. */
export function OtherPages({ me }: { me: Me }) {
  return (
    <Switch>
      <Route path="/chat/all">
        <ConversationsPage me={me} />
      </Route>
      <Route path="/chat/started">
        <StartedPage me={me} />
      </Route>
      <Route path="/credits">
        <CreditsPage me={me} />
      </Route>
      <Route path="/link">
        <LinkPage me={me} />
      </Route>
      <Route path="/memory">
        <MemoryPage me={me} />
      </Route>
      <Route path="/reminders">
        <RemindersPage me={me} />
      </Route>
      <Route path="/settings">
        <SettingsPage me={me} />
      </Route>
      <Route path="/settings/data">
        <DataPage me={me} />
      </Route>
      <Route path="/settings/logins">
        <LoginsPage me={me} />
      </Route>
      <Route path="/settings/undo">
        <UndoPage me={me} />
      </Route>
      <Route path="/sign-in">
        <ReturnTo />
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  )
}

function ReturnTo() {
  const wanted = new URLSearchParams(location.search).get('returnTo') ?? '/'
  return <Redirect to={isOwnPath(wanted) ? wanted : '/'} replace />
}
