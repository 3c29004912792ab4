import type { Draw } from './draw.ts'
import type { LegacyProfile, LegacyRows } from './rows.ts'

export type Dirt = (draw: Draw) => LegacyRows

const EARLIER = '2022-03-01T08:00:00.000000Z'
const LATER = '2025-09-01T08:00:00.000000Z'
/** Telegram promises that its ids fit into 52 bits (Bot API, User.id). */
const TELEGRAM_IDS_INVALID = ['0', '-1', '-1001234567890', '4503599627370496', '9223372036854775807'] as const
const MAILS_INVALID = ['not a mail', 'a@', '@example.org', 'a@localhost', 'two@example.org, three@example.org'] as const
const WHITE_SPACE = [' ', '\t', '  \n'] as const
const LANGUAGES_SEEN = ['ru', 'ru-RU', 'en', 'de', null] as const

/** What can be wrong with people, and who of them is one and the same. */
export const PROFILE_DIRT = {
  'same Telegram id twice': (draw) => {
    const telegram_id = draw.telegramId()
    return draw.people(draw.profile({ telegram_id }), draw.profile({ telegram_id }))
  },
  'same Telegram id three times': (draw) => {
    const telegram_id = draw.telegramId()
    return draw.people(...[1, 2, 3].map(() => draw.profile({ telegram_id })))
  },
  'same mail in other letter case': (draw) => {
    const mail = draw.mail()
    return draw.people(byMail(draw, mail.toUpperCase()), byMail(draw, mail))
  },
  'same mail with spaces around': (draw) => {
    const mail = draw.mail()
    return draw.people(byMail(draw, mail), byMail(draw, ` ${mail}${draw.random.pick(WHITE_SPACE)}`))
  },
  'same mail three times': (draw) => {
    const mail = draw.mail()
    return draw.people(byMail(draw, mail), byMail(draw, mail.replace('p', 'P')), byMail(draw, `${mail} `))
  },
  'chain by Telegram, then by mail': (draw) => {
    const [telegram_id, mail] = [draw.telegramId(), draw.mail()]
    const ends = [draw.profile({ telegram_id }), byMail(draw, mail.toUpperCase())]
    return draw.people(...draw.random.shuffle([...ends, draw.profile({ telegram_id, email: mail })]))
  },
  'Telegram owns before age': (draw) => {
    const mail = draw.mail()
    return draw.people(byMail(draw, mail, EARLIER), draw.profile({ email: mail, created_at: LATER }))
  },
  'same mail in capitals of another script': (draw) => {
    const mail = draw.mail().replace('person', 'почта').replace('example.net', 'пример.рф')
    return draw.people(byMail(draw, mail), byMail(draw, mail.toUpperCase()))
  },
  'same mail composed otherwise': (draw) => {
    const mail = draw.mail().replace('person', 'jos\u00e9')
    return draw.people(byMail(draw, mail), byMail(draw, mail.normalize('NFD')))
  },
  'one mail, two Telegrams': (draw) => {
    const email = draw.mail()
    return draw.people(...draw.random.shuffle([draw.profile({ email }), draw.profile({ email }), byMail(draw, email)]))
  },
  'one of two without a time': (draw) => {
    const telegram_id = draw.telegramId()
    return draw.people(draw.profile({ telegram_id, created_at: null }), draw.profile({ telegram_id }))
  },
  'two of the same age': (draw) => {
    const telegram_id = draw.telegramId()
    return draw.people(...[1, 2].map(() => draw.profile({ telegram_id, created_at: EARLIER })))
  },
  'no identity': (draw) => draw.people(draw.profile({ telegram_id: null })),
  'no valid identity': (draw) =>
    draw.people(
      draw.profile({
        telegram_id: draw.random.pick(TELEGRAM_IDS_INVALID),
        email: draw.random.pick([null, ...MAILS_INVALID]),
      }),
    ),
  'invalid Telegram id beside a mail': (draw) =>
    draw.people(draw.profile({ telegram_id: draw.random.pick(TELEGRAM_IDS_INVALID), email: draw.mail() })),
  'invalid mail beside a Telegram id': (draw) => draw.people(draw.profile({ email: draw.random.pick(MAILS_INVALID) })),
  'blank mail beside a Telegram id': (draw) => draw.people(draw.profile({ email: draw.random.pick(['', '  ']) })),
  'profile without a time': (draw) => draw.people(draw.profile({ created_at: null })),
  'profile of no end': (draw) => draw.people(draw.profile({ created_at: '-infinity', last_seen_at: 'infinity' })),
  'no messages': (draw) => ({ ...draw.people(draw.profile()), messages: [] }),
  'no credits': (draw) => ({ ...draw.people(draw.profile()), credits: [] }),
  'no messages, no credits': (draw) => ({ ...draw.people(draw.profile()), messages: [], credits: [] }),
  'no active persona': (draw) => draw.people(draw.profile({ active_persona: null })),
  'no name at all': (draw) => draw.people(draw.profile({ username: null, first_name: null, last_name: null })),
  'half a name': (draw) => draw.people(draw.profile({ first_name: null, last_name: 'Иванова' })),
  'name of signs': (draw) => draw.people(draw.profile({ first_name: '👩‍👩‍👧 \u202eاسم', last_name: '\\N\t"\'' })),
  'every language': (draw) => draw.people(...LANGUAGES_SEEN.map((language_code) => draw.profile({ language_code }))),
} satisfies Record<string, Dirt>

/** Somebody of the old website: no Telegram. */
function byMail(draw: Draw, email: string, created_at = draw.time()): LegacyProfile {
  return draw.profile({ telegram_id: null, email, created_at })
}
