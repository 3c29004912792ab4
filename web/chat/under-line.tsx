import type { Me } from '#contract/api'
import { PriceLine } from '../credits/price-line.tsx'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'
import { useHere } from './use-here.ts'

/** Under the composer: that the reader is typing elsewhere, else the price. Both have the same room, so nothing moves. */
export function UnderLine({ me }: { me: Me }) {
  const { t } = useTexts()
  const here = useHere()
  const typing = useStore(useChat().elsewhere.whereabouts, (now) => now.typing)
  if (!typing) return <PriceLine me={me} />
  return (
    <p className="appears mt-1 h-4 truncate text-center text-[0.75rem] text-muted leading-4">
      {t(typing === here ? `elsewhere-typing-other-${here}` : `elsewhere-typing-${typing}`)}
    </p>
  )
}
