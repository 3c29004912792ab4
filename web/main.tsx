import './theme/index.css'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { createCache } from './api/cache.ts'
import { CacheProvider } from './api/cache-provider.tsx'
import { createApi } from './api/create-api.ts'
import { meQuery } from './api/queries.ts'
import { takeLinkSecret } from './linking/kept-secret.ts'
import { followAppHeight } from './shell/app-height.ts'
import { foreseeFirstPage } from './shell/first-page.ts'
import { Notices } from './shell/notices.tsx'
import { findPlace } from './shell/place.ts'
import { Site } from './shell/site.tsx'
import { StartUp } from './shell/start-up.tsx'
import { loadTexts } from './texts/load-texts.ts'
import { guessLocale, TextsProvider } from './texts/texts-provider.tsx'
import { wearAppearance } from './theme/appearance.ts'

const MiniApp = lazy(() => import('./telegram/mini-app.tsx').then((module) => ({ default: module.MiniApp })))

takeLinkSecret()
const place = findPlace(location.pathname)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

wearAppearance(place.kind === 'mini-app')
followAppHeight()
foreseeFirstPage(place, location.pathname)
const cache = createCache()
// On the website the cookie knows who is here: the question goes out while the sentences are still on their way.
if (place.kind === 'site') cache.want(meQuery(createApi()))
// Not awaited at the top: every lazy part imports from here and would wait for the whole of it.
void loadTexts(guessLocale()).then((texts) => {
  createRoot(root).render(
    <TextsProvider first={texts}>
      <CacheProvider value={cache}>
        <Router base={place.base}>
          {place.kind === 'mini-app' ? (
            <Suspense fallback={<StartUp />}>
              <MiniApp />
            </Suspense>
          ) : (
            <Site />
          )}
          <Notices />
        </Router>
      </CacheProvider>
    </TextsProvider>,
  )
})
