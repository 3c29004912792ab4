import type { Help } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'

/** For somebody who said to be under 18: why nobody answers here, and who does. */
export function ClosedNote({ help }: { help: Help }) {
  const { t } = useTexts()
  return (
    <section className="text-[0.9375rem] text-pretty" aria-label={t('closed-title')}>
      <p>{t('closed-text')}</p>
      <ul className="mt-3 flex flex-col gap-1.5">
        {help.lines.map(({ name, contact, hours }) => (
          <li key={name + contact}>
            {name}: <strong>{contact}</strong>
            {hours !== '' && <span className="text-muted"> ({hours})</span>}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-muted">{t('closed-emergency', { number: help.emergency })}</p>
    </section>
  )
}
