import { useState } from 'react'
import type { Me } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { ProveStep } from '../logins/prove-step.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const GOES = ['talks', 'memory', 'logins', 'credits'] as const
const STAYS = ['payments', 'marks', 'fingerprint', 'telegram'] as const

/** What goes, what stays and why, before the second press; and the proof of a login that it takes. */
export function LeaveSheet({ me, onClose }: { me: Me; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('leave-title')} onClose={onClose}>
      <Steps me={me} />
    </Sheet>
  )
}

function Steps({ me }: { me: Me }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const [proving, setProving] = useState(false)
  const leave = useAction(() => api.call('DELETE', '/api/me'), {
    async onDone() {
      close()
      await cache.renewAll('me')
    },
    onError: (error) => setProving(error instanceof ApiError && error.code === 'not_fresh'),
  })
  if (proving) {
    return (
      <>
        <p className="mb-5 text-muted text-pretty">{t('leave-proof')}</p>
        <ProveStep logins={me.identities} returnTo="/settings/data?leave" onProven={() => leave.run()} />
      </>
    )
  }
  return (
    <>
      <List title={t('leave-goes')} items={GOES.map((name) => t(`leave-goes-${name}`))} />
      <List title={t('leave-stays')} items={STAYS.map((name) => t(`leave-stays-${name}`))} />
      <p className="mt-4 text-muted text-pretty">{t('leave-day')}</p>
      <SheetAnswers yes={t('leave-yes')} no={t('leave-no')} deed={leave} />
    </>
  )
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <>
      <h3 className="mt-4 first:mt-0 text-[1.0625rem]">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 pl-5 text-[0.9375rem]">
        {items.map((item) => (
          <li key={item} className="text-pretty">
            {item}
          </li>
        ))}
      </ul>
    </>
  )
}
