import type { Draw, Spoil } from './draw.ts'
import type { Dirt } from './profile-dirt.ts'
import type { LegacyMessage, LegacyProfile, LegacyRows } from './rows.ts'

/** Nobody types this much, and a page that was pasted has it. */
const LONG_TEXT_CHARACTERS = 100_000
const LINES = 6
const SAME_TIME = '2024-02-29T23:59:59.500000Z'
/** Ids that a double cannot tell apart. */
const IDS_BEYOND_DOUBLE = 2n ** 53n + 1n
const EMPTY = [null, '', ' ', ' \n\t ', '\u00a0'] as const
const ROLES_UNKNOWN = [null, '', 'moderator', 'tool'] as const
const ROLES_IN_CAPITALS = ['USER', 'Assistant', 'User', 'ASSISTANT'] as const
const PERSONAS_UNKNOWN = ['marusya', 'Снежана', 'old bot #2'] as const
const EMOJI = '👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 👍🏽'
const RIGHT_TO_LEFT = 'שלום, \u202bمرحبا\u202c, ok \u200f!'
const COPY_SIGNS = [
  '\\.',
  '\\N',
  'a\tb',
  'a\nb\r\nc',
  '\\',
  'back\\slash\\n',
  '"quoted", \'single\'',
  '\\.\n',
  '{"a":1}',
  '$$;--',
] as const
const ODD_SIGNS = [
  '\u0001\u001b[31m',
  '\ufeffwith a mark',
  'line\u2028paragraph\u2029',
  ' around \n',
  '\ufffd\uffff',
] as const

/** What can be wrong with the lines of a talk; what looks odd and is right, too. */
export const MESSAGE_DIRT = {
  'messages of nobody': (draw) => ({ profiles: [], messages: draw.talk(draw.uuid()), credits: [] }),
  'messages without an owner': (draw) => ({ profiles: [], messages: draw.talk(null, 2), credits: [] }),
  'empty content': talk((draw, index) => (index % 2 === 1 ? { content: draw.random.pick(EMPTY) } : {})),
  'first time missing': talk((_, index) => (index === 0 ? { created_at: null } : {})),
  'middle times missing': talk((_, index) => (index === 2 || index === 3 ? { created_at: null } : {})),
  'last time missing': talk((_, index, count) => (index === count - 1 ? { created_at: null } : {})),
  'no time in the talk': talk(() => ({ created_at: null })),
  'no time anywhere': (draw) => talkOf(draw, draw.profile({ created_at: null }), () => ({ created_at: null })),
  'times without end': talk((_, index) =>
    index === 1 ? { created_at: 'infinity' } : index === 4 ? { created_at: '-infinity' } : {},
  ),
  'unknown persona': talk((draw, index) => (index > 2 ? { persona: draw.random.pick(PERSONAS_UNKNOWN) } : {})),
  'only an unknown persona': (draw) => {
    const persona = draw.random.pick(PERSONAS_UNKNOWN)
    return talkOf(draw, draw.profile({ active_persona: persona }), () => ({ persona }))
  },
  'no persona': talk((_, index) => (index % 3 === 0 ? { persona: null } : {})),
  'unknown role': talk((draw, index) => (index % 3 === 1 ? { role: draw.random.pick(ROLES_UNKNOWN) } : {})),
  'role in capitals': talk((draw) => ({ role: draw.random.pick(ROLES_IN_CAPITALS) })),
  'nothing that can be taken': talk(() => ({ content: '' })),
  'long text': talk((_, index) => (index === 1 ? { content: longText() } : {})),
  emoji: talk((_, index) => ({ content: `${EMOJI} ${index}` })),
  'right to left': talk((_, index) => ({ content: `${RIGHT_TO_LEFT} ${index}` })),
  'signs of COPY': everySign(COPY_SIGNS),
  'odd signs': everySign(ODD_SIGNS),
  'equal times': talk(() => ({ created_at: SAME_TIME })),
  'times against the ids': talk((_, index) => ({ created_at: `2024-03-0${LINES - index}T10:00:00.000000Z` })),
  'microseconds apart': talk((_, index) => ({ created_at: `2024-03-01T10:00:00.00000${LINES - index}Z` })),
  'before 1970': talk((_, index) => (index < 2 ? { created_at: `1901-12-1${index}T00:00:00.000000Z` } : {})),
  'in the future': talk((_, index) => (index > 3 ? { created_at: `2091-01-0${index}T00:00:00.000000Z` } : {})),
  'several personas': talk((_, index) => ({ persona: index % 4 < 2 ? 'arina' : 'cassandra' })),
} satisfies Record<string, Dirt>

/** Once in a database: ids are given, not drawn. */
export function idsBeyondDouble(draw: Draw): LegacyRows {
  return talkOf(draw, draw.profile(), (index) => ({
    id: String(IDS_BEYOND_DOUBLE + BigInt(index)),
    created_at: SAME_TIME,
  }))
}

function talk(spoil: (draw: Draw, ...line: Parameters<Spoil>) => Partial<LegacyMessage>): Dirt {
  return (draw) => talkOf(draw, draw.profile(), (index, count) => spoil(draw, index, count))
}

function talkOf(draw: Draw, profile: LegacyProfile, spoil: Spoil, count = LINES): LegacyRows {
  return { profiles: [profile], messages: draw.talk(profile.id, count, spoil), credits: [draw.credits(profile.id)] }
}

/** A talk with each of these texts once. */
function everySign(texts: readonly string[]): Dirt {
  return (draw) => talkOf(draw, draw.profile(), (index) => ({ content: texts[index] ?? '' }), texts.length)
}

function longText(): string {
  return 'Ночь длинна, и письмо тоже. '.repeat(LONG_TEXT_CHARACTERS).slice(0, LONG_TEXT_CHARACTERS)
}
