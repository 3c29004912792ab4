import type { Locale } from '#contract/words'

export type CampaignState = 'draft' | 'running' | 'paused' | 'cancelled' | 'done'

/** What is said; who has another language hears it in Russian. */
export interface CampaignTexts {
  ru: string
  en?: string | undefined
}

/** Of those who said yes, are of age and can be reached in a messenger: whom it is for. What is left out says nothing. */
export interface Audience {
  inactiveForHours?: number | undefined
  locale?: Locale | undefined
  /** Of the active conversation. */
  personaId?: string | undefined
}

/** One text of the operators for many, and how far it has come. */
export interface Campaign {
  id: string
  state: CampaignState
  texts: CampaignTexts
  audience: Audience
  /** Counted when it was made and again when it started; in the end those who were looked at. */
  total: number
  /** What the messenger took, */
  sent: number
  /** what a rule forbade or was taken back, */
  skipped: number
  /** and what did not come, or may not have. */
  failed: number
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
}

export function textFor({ texts }: Pick<Campaign, 'texts'>, locale: Locale): string {
  return texts[locale] ?? texts.ru
}
