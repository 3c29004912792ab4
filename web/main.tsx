import './theme/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { createQueryClient } from './api/query-client.ts'
import { followAppHeight } from './shell/app-height.ts'
import { Notices } from './shell/notices.tsx'
import { findPlace } from './shell/place.ts'
import { Site } from './shell/site.tsx'
import { StartUp } from './shell/start-up.tsx'
import { loadTexts } from './texts/load-texts.ts'
import { guessLocale, TextsProvider } from './texts/texts-provider.tsx'

const MiniApp = lazy(() => import('./telegram/mini-app.tsx').then((module) => ({ default: module.MiniApp })))

const place = findPlace(location.pathname)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

followAppHeight()
const texts = await loadTexts(guessLocale())
createRoot(root).render(
  <TextsProvider first={texts}>
    <QueryClientProvider client={createQueryClient()}>
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
    </QueryClientProvider>
  </TextsProvider>,
)
