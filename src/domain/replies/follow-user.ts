import { type UserSignal, userTopic } from '#domain/identity'
import type { Live, Unsubscribe } from '#platform/live'
import type { Turn } from './turn.ts'

/** The topic of a turn's user, also when that user is absorbed by another, or the turn goes back after that. */
export interface FollowedUser {
  /** Whose the turn is now. */
  id(): string
  leave(): Promise<void>
}

/**
 * Listens on the topic of whoever the turn belongs to; a page of anybody else is not heard any more. `moved`: it is
 * somebody else's now, and whoever asked there before this listened was not heard.
 */
export async function followUser(
  live: Live,
  turn: Pick<Turn, 'id' | 'userId'>,
  hear: (signal: UserSignal) => void,
  moved: () => void,
): Promise<FollowedUser> {
  const listening: Unsubscribe[] = []
  let present = turn.userId
  let left = false
  await listen(present)
  return {
    id: () => present,
    async leave() {
      left = true
      await Promise.all(listening.map((unsubscribe) => unsubscribe()))
    },
  }

  async function listen(userId: string): Promise<void> {
    const event = (signal: unknown) => onSignal(userId, signal as UserSignal)
    const unsubscribe = await live.subscribe(userTopic(userId), { event })
    if (left) await unsubscribe()
    else listening.push(unsubscribe)
  }

  function onSignal(userId: string, signal: UserSignal): void {
    if (userId !== present) return
    if (signal.kind !== 'user.moved') hear(signal)
    else if (signal.turnIds === undefined || signal.turnIds.includes(turn.id)) {
      void move(signal.userId)
    }
  }

  async function move(userId: string): Promise<void> {
    // Whom this does not reach gets the final message by the database.
    await listen(userId).catch(() => {})
    present = userId
    moved()
  }
}
