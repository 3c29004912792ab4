import type { Me } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'
import { BotWay } from './bot-way.tsx'
import { LinkNote, OpenTalk } from './link-note.tsx'

/** `/link` without a link: how to get one, for whom there is something left to join. */
export function MissingLink({ me }: { me: Me }) {
  const { t } = useTexts()
  if (me.identities.some(({ channel }) => channel === 'telegram')) {
    return (
      <LinkNote title={t('link-already-title')} text={t('link-already-text')} joined>
        <OpenTalk />
      </LinkNote>
    )
  }
  return (
    <LinkNote title={t('link-missing-title')} text={t('link-missing-text')}>
      <BotWay />
      <OpenTalk quiet />
    </LinkNote>
  )
}
