import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { LEGAL_DOCUMENTS, LOCALES } from '#contract/words'
import { LegalTextError, loadLegalTexts } from './index.ts'

const folder = await mkdtemp(join(tmpdir(), 'legal-'))
after(() => rm(folder, { recursive: true }))

const written = async (change: (name: string) => string | null) => {
  for (const document of LEGAL_DOCUMENTS) {
    for (const locale of LOCALES) {
      const name = `${document}.${locale}.md`
      await rm(join(folder, name), { force: true })
      const text = change(name)
      if (text !== null) await writeFile(join(folder, name), text)
    }
  }
  return loadLegalTexts(folder, (locale) => `somebody ${locale} $&`)
}
const text = (version: string) => `---\nversion: ${version}\n---\n# Title\n\nAsk {operator}.\n`

test('the texts of this house are there in every language, with one version each, and name who answers', async () => {
  const legal = await loadLegalTexts('legal', () => 'Somebody, Somewhere')
  for (const document of LEGAL_DOCUMENTS) {
    for (const locale of LOCALES) {
      const page = legal.page(document, locale)
      assert.equal(page.version, legal.versions[document])
      assert.ok(page.text.includes('Somebody, Somewhere') && !page.text.includes('{operator}'))
      assert.ok(!page.text.includes('!'), 'no exclamation marks')
      assert.ok(page.text.includes('/delete'))
    }
    const headings = LOCALES.map((locale) => legal.page(document, locale).text.match(/^## /gm)?.length)
    assert.equal(new Set(headings).size, 1, 'the languages say the same under as many headings')
  }
})

test('a text that is missing, has no version or another one in the other language stops the start', async () => {
  const good = await written(() => text('2026-01-02'))
  assert.deepEqual(good.versions, { terms: '2026-01-02', privacy: '2026-01-02' })
  assert.equal(good.page('terms', 'en').text, 'Ask somebody en $&.\n')
  const wrong: Record<string, (name: string) => string | null> = {
    'legal-[^/]+/privacy.en.md': (name) => (name === 'privacy.en.md' ? null : text('2026-01-02')),
    'terms.ru.md needs': (name) => (name === 'terms.ru.md' ? '# Title\n\ntext\n' : text('2026-01-02')),
    'terms has different': (name) => text(name === 'terms.en.md' ? '2026-01-03' : '2026-01-02'),
  }
  for (const [reason, change] of Object.entries(wrong)) {
    await assert.rejects(written(change), (error: Error) => {
      return error instanceof LegalTextError && new RegExp(reason).test(error.message)
    })
  }
})
