import { type UserSignal, userTopic } from '#domain/identity'
import type { Live, Unsubscribe } from '#platform/live'

/** The topic of one user, also after that user was absorbed by another. */
export interface FollowedUser {
  /** Under whom the user lives now. */
  id(): string
  leave(): Promise<void>
}

/** Listens on a user's topic and, when the user is merged meanwhile, on the survivor's: its pages show the rest. */
export async function followUser(
  live: Live,
  userId: string,
  hear: (signal: UserSignal) => void,
): Promise<FollowedUser> {
  const listening: Unsubscribe[] = []
  let present = userId
  let left = false
  await listen(userId)
  return {
    id: () => present,
    async leave() {
      left = true
      await Promise.all(listening.map((unsubscribe) => unsubscribe()))
    },
  }

  async function listen(id: string): Promise<void> {
    const unsubscribe = await live.subscribe(userTopic(id), { event: (event) => onSignal(event as UserSignal) })
    if (left) await unsubscribe()
    else listening.push(unsubscribe)
  }

  function onSignal(signal: UserSignal): void {
    if (signal.kind === 'user.moved') {
      present = signal.userId
      // Whom this does not reach gets the final message by the database.
      listen(present).catch(() => {})
    } else hear(signal)
  }
}
