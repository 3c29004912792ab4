import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCALES } from '#contract/words'
import { loadTexts } from '#platform/texts'
import { createNoticeRenderer } from './render-notice.ts'

const render = createNoticeRenderer({
  texts: await loadTexts({ folder: 'locales', strict: true }),
  siteUrl: 'https://vitte.example',
  webAppUrl: null,
  linkUrl: (linkId) => `https://vitte.example/link#secret-of-${linkId}`,
})

test('a link is told with its whole address on a line of its own, and how long it works', () => {
  const notice = { key: 'link', args: { linkId: '7', minutes: 10 } }
  for (const locale of LOCALES) {
    const { text, keyboard } = render(notice, locale)
    assert.ok(text.split('\n').includes('https://vitte.example/link#secret-of-7'))
    assert.match(text, locale === 'ru' ? /10 минут / : /10 minutes,/)
    assert.equal(keyboard, null)
  }
})

test('tries and minutes are counted as each language counts', () => {
  const tries = [1, 2, 5].map((triesLeft) => render({ key: 'link_code_wrong', args: { triesLeft } }, 'ru').text)
  assert.match(tries[0] ?? '', /осталась 1 попытка\.$/)
  assert.match(tries[1] ?? '', /остались 2 попытки\.$/)
  assert.match(tries[2] ?? '', /осталось 5 попыток\.$/)
  assert.match(render({ key: 'link', args: { linkId: '7', minutes: 1 } }, 'ru').text, /действует 1 минуту и подходит/)
  assert.match(render({ key: 'link_code_wrong', args: { triesLeft: 1 } }, 'en').text, /1 try is left\.$/)
})

test('every sentence about links is there in both languages', () => {
  const keys = ['link_locked', 'link_code_voided', 'link_code_expired', 'link_refused_telegram', 'link_refused_web']
  for (const key of [...keys, 'linked', 'undone']) {
    for (const locale of LOCALES) assert.ok(render({ key }, locale).text.length > 0)
  }
})
