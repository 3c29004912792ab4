import type { Message } from '#contract/api'
import { CheckIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { MetaLine } from './meta-line.tsx'
import { MyBubble } from './my-bubble.tsx'

/** A line of the reader's own that the server holds. */
export function MyMessage({ message, first, last }: { message: Message; first: boolean; last: boolean }) {
  const { t } = useTexts()
  const text = message.contentType === 'text' ? message.text : message.text || t(`content-${message.contentType}`)
  return (
    <MyBubble text={text} first={first} last={last}>
      {last && (
        <MetaLine message={message}>
          <span role="img" aria-label={t('mark-sent')} title={t('mark-sent')}>
            <CheckIcon className="size-3.5" />
          </span>
        </MetaLine>
      )}
    </MyBubble>
  )
}
