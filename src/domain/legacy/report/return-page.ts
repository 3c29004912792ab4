import { duration, html, listOf, moment, pageOf, people } from './page-frame.ts'
import type { ReturnReport } from './report.ts'

/** What taking back a run came to, for whoever does not read JSON. */
export function returnPage({ run, target, finishedAt, seconds, takenBack, kept, keptCount }: ReturnReport): string {
  const sentence =
    keptCount === 0
      ? 'Everybody whom the run brought is gone from here, with messages and credits.'
      : 'Whoever has used this house since stays here, whole; everybody else whom the run brought is gone.'
  return pageOf({ mood: keptCount === 0 ? 'good' : 'open', words: 'Taken back', sentence }, [
    listOf([
      ['Run', html`<code>${run}</code>`],
      ['In', target],
      ['Taken back', people(takenBack)],
      ['Stay here', people(keptCount)],
      ['Done', moment(finishedAt)],
      ['This took', duration(seconds)],
    ]),
    keptCount === 0
      ? null
      : html`<h2>Who stays</h2>
${kept.length < keptCount ? html`<p>The first ${kept.length}.</p>` : null}
<ul class="keys">${kept.map((userId) => html`<li>${userId}</li>`)}</ul>
`,
  ])
}
