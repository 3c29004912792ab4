import { useEffect } from 'react'
import { onPageWake } from '../events/page-wakes.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { BotWay } from './bot-way.tsx'
import type { WaitingCode } from './kept-code.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

const CHECK_EVERY_MS = 2_000

interface CodeStepProps {
  waiting: WaitingCode
  check(): Promise<void>
}

/** The six digits that go to the bot's chat, and the waiting for them; when they have run out, the server says so. */
export function CodeStep({ waiting, check }: CodeStepProps) {
  const { t } = useTexts()
  const left = useSecondsLeft(waiting.expiresAt)
  useRepeated(check)
  const { code } = waiting
  return (
    <section className="card rises px-5 py-7 text-center shadow-[0_24px_64px_var(--shade)] sm:p-8">
      <h1 className="text-[2rem]">{t('link-code-title')}</h1>
      <p className="mt-2 text-muted text-pretty">{t('link-code-text')}</p>
      <p className="display mt-6 select-all rounded-2xl bg-accent-soft py-4 pl-[0.18em] font-semibold text-[3.25rem] text-ink lining-nums tabular-nums leading-none tracking-[0.18em]">
        {code}
      </p>
      <div className="mt-4 flex flex-col gap-2.5">
        <BotWay />
        <CopyButton code={code} />
      </div>
      <p className="mt-6 flex items-center justify-center gap-2.5 text-[0.9375rem]">
        <span className="skeleton size-2.5 rounded-full bg-accent" aria-hidden="true" />
        {t('link-code-waiting')}
      </p>
      <TimeLeft seconds={left} />
    </section>
  )
}

function CopyButton({ code }: { code: string }) {
  const { t } = useTexts()
  // Only https and localhost have a clipboard; elsewhere the digits are selected by one press.
  if (!navigator.clipboard) return null
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => tell(t('link-code-copied')),
      () => undefined,
    )
  return (
    <button type="button" className="button button-quiet" onClick={() => void copy()}>
      {t('link-code-copy')}
    </button>
  )
}

/** Every second for the eye, every minute for the ear. */
function TimeLeft({ seconds }: { seconds: number }) {
  const { t } = useTexts()
  const minutes = Math.floor(seconds / 60)
  const time = `${minutes}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <div className="mt-1 text-[0.8125rem] text-muted tabular-nums">
      <p aria-hidden="true">{t('link-code-left', { time })}</p>
      <p role="status" className="sr-only">
        {minutes > 0 ? t('link-code-minutes', { count: minutes }) : t('link-code-seconds')}
      </p>
    </div>
  )
}

/** Gently, only while somebody looks, and at once when they come back from Telegram. */
function useRepeated(check: () => Promise<void>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let stopped = false
    const rest = () => {
      clearTimeout(timer)
      if (!stopped) timer = setTimeout(look, CHECK_EVERY_MS)
    }
    const look = () => (document.visibilityState === 'visible' ? void check().then(rest, rest) : rest())
    const forget = onPageWake(look)
    rest()
    return () => {
      stopped = true
      clearTimeout(timer)
      forget()
    }
  }, [check])
}
