import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { useTexts } from '../texts/texts-provider.tsx'

/** "128 сообщений", "10 кредитов": a line for each thing there is any of. */
export function Amounts({ of: { messages, credits } }: { of: { messages: number; credits: Credits } }) {
  const { t } = useTexts()
  const lines = CREDIT_TYPES.filter((type) => credits[type] > 0).map((type) =>
    t(`credits-${type}-count`, { count: credits[type] }),
  )
  if (messages > 0) lines.unshift(t('link-messages', { count: messages }))
  if (lines.length === 0) lines.push(t('link-moves-nothing'))
  return lines.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ))
}
