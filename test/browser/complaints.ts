import type { WatchedPage } from '#test/chromium'

/** What a page complained about. Who is not signed in is told so with 401, and Chromium writes every such answer down. */
export function complaintsOf({ complaints }: WatchedPage): string[] {
  return complaints.filter((complaint) => !complaint.includes('status of 401'))
}
