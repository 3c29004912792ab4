import type { Locale } from '#contract/words'

/** What the companion knows of a wish to be reminded. Read by the model alone, so not texts of the catalogue. */
export const REMINDER_WORDS = {
  ru: {
    set: (when: string, text: string) =>
      `Напоминание, о котором человек сейчас просит, уже поставлено на ${when}: ${text}. Оно придёт само.`,
    zone_unknown:
      'Человек просит напомнить, но его часовой пояс неизвестен, и напоминание не поставлено. Об этом ему скажет сам бот.',
    zone_unknown_page:
      'Человек просит напомнить, но его часовой пояс неизвестен, и напоминание не поставлено. Скажи ему об этом: пояс выбирают в настройках, и потом можно попросить ещё раз.',
    no_telegram:
      'Человек просит напомнить, но напоминания приходят только в Telegram, а писать туда нельзя. Напоминание не поставлено.',
    unclear:
      'Если человек сейчас просит прислать напоминание: оно не поставлено, потому что непонятно, когда или о чём. Не обещай напомнить, а спроси одной фразой о дне, времени и деле.',
    not_set: 'Человек просит напомнить, но такое напоминание поставить нельзя: оно не поставлено.',
  },
  en: {
    set: (when: string, text: string) =>
      `The reminder that the person asks for right now is set already, for ${when}: ${text}. It will come by itself.`,
    zone_unknown:
      'The person asks for a reminder, but their time zone is unknown and it is not set. The bot itself tells them so.',
    zone_unknown_page:
      'The person asks for a reminder, but their time zone is unknown and it is not set. Tell them so: the zone is chosen in the settings, and then they may ask again.',
    no_telegram:
      'The person asks for a reminder, but these come in Telegram only, where they cannot be written to. It is not set.',
    unclear:
      'If the person asks for a reminder right now: it is not set, as it is unclear when or of what. Do not promise to remind; ask in one sentence for day, time and matter.',
    not_set: 'The person asks for a reminder, but none can be set like this: it is not set.',
  },
} satisfies Record<Locale, unknown>
