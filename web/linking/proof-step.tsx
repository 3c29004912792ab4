import type { Me } from '#contract/api'
import { ProveStep } from '../logins/prove-step.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

interface ProofStepProps {
  me: Me
  onProven(): void
  onLeave(): void
}

/** The sign-in is too long ago to join anything: one more proof, in place, and the confirmation goes on. */
export function ProofStep({ me, onProven, onLeave }: ProofStepProps) {
  const { t } = useTexts()
  return (
    <section className="card rises p-6 shadow-[0_24px_64px_var(--shade)] sm:p-8">
      <h1 className="text-[2rem]">{t('link-proof-title')}</h1>
      <p className="mt-2 mb-6 text-muted text-pretty">{t('link-proof-text')}</p>
      <ProveStep logins={me.identities} returnTo="/link" onProven={onProven} />
      <button type="button" className="button-text mx-auto mt-4 block py-2" onClick={onLeave}>
        {t('action-cancel')}
      </button>
    </section>
  )
}
