import type { Person } from '../telegram/person.ts'
import { api } from './api.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { theme } from './theme.ts'
import { language, words } from './words.ts'

const HUES = 6

/** Who one can be here, and the ways out of this page: the website and the mailbox. */
export function createPeopleList(appUrl: string) {
  const list = h('nav', { class: 'people-list', 'aria-label': words.who })
  const themeButton = h('button', { type: 'button', class: 'round', onclick: () => theme.switch() })
  const element = h(
    'aside',
    { class: 'people' },
    h('header', {}, h('h1', {}, words.title), themeButton),
    h('p', { class: 'caption' }, words.who),
    list,
    addForm(),
    h(
      'footer',
      { class: 'ways-out' },
      h('a', { href: appUrl, target: '_blank', rel: 'noopener' }, icon('site'), words.site),
      h('a', { href: '/mailbox', target: '_blank', rel: 'noopener' }, icon('mail'), words.mail),
    ),
  )
  showThemeButton()
  theme.onChange(showThemeButton)

  function showThemeButton() {
    const isDark = theme.current() === 'dark'
    const label = isDark ? words.light : words.dark
    themeButton.replaceChildren(icon(isDark ? 'sun' : 'moon'))
    themeButton.title = label
    themeButton.setAttribute('aria-label', label)
  }

  function show(people: Person[], chosenId: number | null) {
    list.replaceChildren(
      ...people.map((person, index) =>
        h(
          'a',
          { href: `#${person.id}`, 'aria-current': person.id === chosenId ? 'true' : null },
          avatar(person, index),
          h('span', { class: 'name' }, [person.firstName, person.lastName].filter(Boolean).join(' ')),
          h('span', { class: 'handle' }, `${person.username ? `@${person.username} · ` : ''}${person.languageCode}`),
        ),
      ),
    )
  }

  return { element, show }
}

function avatar(person: Person, index: number): HTMLElement {
  return h(
    'span',
    { class: 'avatar', 'data-hue': index % HUES, 'aria-hidden': 'true' },
    [...person.firstName][0] ?? '?',
  )
}

function addForm(): HTMLElement {
  const name = h('input', {
    name: 'name',
    required: true,
    maxlength: 64,
    placeholder: words.addName,
    'aria-label': words.addName,
  })
  const code = h(
    'select',
    { name: 'language', 'aria-label': words.addLanguage },
    h('option', { value: 'ru', selected: language === 'ru' }, 'ru'),
    h('option', { value: 'en', selected: language === 'en' }, 'en'),
  )
  const onsubmit = async (event: Event) => {
    event.preventDefault()
    try {
      const person = await api.addPerson({ firstName: name.value.trim(), languageCode: code.value })
      name.value = ''
      details.open = false
      location.hash = `#${person.id}`
    } catch (error) {
      complain(error)
    }
  }
  const form = h(
    'form',
    { onsubmit: (event) => void onsubmit(event) },
    name,
    code,
    h('button', { type: 'submit', class: 'main' }, words.add),
  )
  const details = h('details', { class: 'add-person' }, h('summary', {}, icon('plus'), words.addPerson), form)
  return details
}
