import type { BroughtConversation } from '#domain/conversations'
import { newId } from '#platform/ids'
import { uuidBytes } from '#platform/postgres'
import type { TakeNote } from '../rules/note.ts'
import type { LegacyLine } from '../source/read-lines.ts'
import type { Companion, Companions } from './companions.ts'

/** A conversation with one companion, as the lines of the old house come to it. */
export interface Talk {
  companion: Companion
  id: string
  idBytes: Buffer
  /** It was here before. */
  isOld: boolean
  firstMicros: number
  lastMicros: number
}

/** Whose talks these are: with whom they talked last, and which of them are here already, by persona. */
export interface Talker {
  userId: string
  activePersona: string | null
  createdAtMicros: number
  known?: ReadonlyMap<string, string>
}

/** The talks of one person, one with each companion. */
export class Talks {
  readonly #companions: Companions
  readonly #talker: Talker
  readonly #byWord = new Map<string, Talk>()
  readonly #talks = new Map<string, Talk>()
  #latest: Talk | null = null

  constructor(companions: Companions, talker: Talker) {
    this.#companions = companions
    this.#talker = talker
  }

  /** The talk that a line belongs to; a promise where the companion's word has not come before. */
  place(line: LegacyLine, note: TakeNote): Promise<Talk> | Talk {
    const word = line.persona?.trim() ?? ''
    const talk = this.#byWord.get(word)
    if (talk) return this.#put(talk, word, line, note)
    return this.#open(word, line.atMicros).then((opened) => this.#put(opened, word, line, note))
  }

  /** The one with the last line that can go on; null when there was none. */
  get latest(): Talk | null {
    return this.#latest
  }

  /** The talk with whom the person chose last, for who has none to go on with. */
  chosen(): Promise<Talk> {
    return this.#open('', this.#talker.createdAtMicros)
  }

  /** Those that are to be written: `active` goes on, the others can be read. */
  written(active: Talk | null): BroughtConversation[] {
    return [...this.#talks.values()].flatMap((talk) =>
      talk.isOld
        ? []
        : {
            userId: this.#talker.userId,
            id: talk.id,
            personaId: talk.companion.personaId,
            personaVersion: talk.companion.version,
            status: talk === active ? ('active' as const) : ('archived' as const),
            startedAtMicros: talk.firstMicros,
            archivedAtMicros: talk === active ? null : talk.lastMicros,
          },
    )
  }

  #put(talk: Talk, word: string, line: LegacyLine, note: TakeNote): Talk {
    if (word === '') note({ table: 'chat_messages', key: String(line.id), outcome: 'repaired', reason: 'null_persona' })
    else if (!talk.companion.offered) {
      note({ table: 'chat_messages', key: String(line.id), outcome: 'repaired', reason: 'unknown_persona' })
    }
    talk.lastMicros = line.atMicros
    if (talk.companion.offered) this.#latest = talk
    return talk
  }

  async #open(word: string, atMicros: number): Promise<Talk> {
    const companion = word === '' ? await this.#chosen() : await this.#companions.find(word)
    const known = this.#talks.get(companion.personaId)
    const talk = known ?? this.#newTalk(companion, atMicros)
    this.#talks.set(companion.personaId, talk)
    this.#byWord.set(word, talk)
    return talk
  }

  #newTalk(companion: Companion, atMicros: number): Talk {
    const old = this.#talker.known?.get(companion.personaId)
    const id = old ?? newId()
    const isOld = old !== undefined
    return { companion, id, idBytes: uuidBytes(id), isOld, firstMicros: atMicros, lastMicros: atMicros }
  }

  /** The one the person chose last, if it is offered here; else the one for who has none. */
  async #chosen(): Promise<Companion> {
    const { activePersona } = this.#talker
    const chosen = activePersona ? await this.#companions.find(activePersona) : null
    return chosen?.offered ? chosen : this.#companions.fallback()
  }
}
