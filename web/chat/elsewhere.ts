import type { Presence } from '#contract/events'
import { TYPING_SECONDS } from '#contract/limits'
import type { Interface } from '#contract/words'
import { createStore, type Store } from '../shell/store.ts'

/** Where else the reader is just now, beside this page. */
export interface Whereabouts {
  /** Interfaces, each once. */
  open: readonly Interface[]
  /** Where something is being typed. */
  typing: Interface | null
}

export interface Elsewhere {
  whereabouts: Store<Whereabouts>
  hear(presence: Presence): void
  close(): void
}

const NOWHERE: Whereabouts = { open: [], typing: null }

/** Keeps what the stream tells of the reader's other places. That somebody types no more is told by nobody: it ends by itself. */
export function createElsewhere(page: string): Elsewhere {
  const whereabouts = createStore<Whereabouts>(NOWHERE)
  let typingEnds: ReturnType<typeof setTimeout> | undefined
  const set = (next: Whereabouts) => whereabouts.set((now) => (isSame(now, next) ? now : next))
  return {
    whereabouts,
    hear({ places }) {
      clearTimeout(typingEnds)
      const others = places.filter((place) => place.page !== page)
      const open = [...new Set(others.map((place) => place.interface))]
      const typing = others.find((place) => place.typing)?.interface ?? null
      set({ open, typing })
      if (typing) typingEnds = setTimeout(() => set({ open, typing: null }), TYPING_SECONDS * 1000)
    },
    close: () => clearTimeout(typingEnds),
  }
}

function isSame(one: Whereabouts, other: Whereabouts): boolean {
  return one.typing === other.typing && one.open.join() === other.open.join()
}
