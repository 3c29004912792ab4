import { api } from './api.ts'
import { type Chat, createChat } from './chat.ts'
import { complain } from './dialog.ts'
import { h } from './element.ts'
import { watch } from './live.ts'
import { openMiniApp } from './mini-app.ts'
import { createPeopleList } from './people-list.ts'
import { language, words } from './words.ts'

/** From this width on people and chat stand side by side. */
const WIDE = matchMedia('(min-width: 760px)')

document.documentElement.lang = language
document.title = words.title

const about = await api.about()
let people = await api.people()
const list = createPeopleList(about.appUrl)
const place = h('div', { class: 'place' })
const offline = h('p', { class: 'offline', role: 'alert', hidden: true }, words.offline)
let chat: Chat | null = null

/** The person in the address, or on a wide screen the first one: `#<id>`, so that "back" works on a phone. */
function chosenId(): number | null {
  const id = Number(location.hash.slice(1).split('?')[0])
  if (people.some((person) => person.id === id)) return id
  return WIDE.matches ? (people[0]?.id ?? null) : null
}

function show() {
  const id = chosenId()
  const person = people.find((each) => each.id === id)
  list.show(people, id)
  document.body.classList.toggle('in-chat', person !== undefined)
  if (chat?.personId === id) return
  chat?.end()
  chat = person ? createChat(person, about.botName) : null
  place.replaceChildren(...(chat ? [chat.element] : []))
}

/** `#<id>?startapp=<word>` stands for the link t.me/<bot>?startapp=<word>, followed once by this person. */
async function followStartLink() {
  const [id, query] = location.hash.slice(1).split('?')
  const word = new URLSearchParams(query).get('startapp')
  if (!word) return
  history.replaceState(null, '', `#${id}`)
  await openMiniApp(Number(id), `${about.appUrl}/app`, about.botName, word)
}

document.body.append(offline, list.element, place)
window.addEventListener('hashchange', async () => {
  people = await api.people()
  show()
  await followStartLink().catch(complain)
})
WIDE.addEventListener('change', show)
show()
void followStartLink().catch(complain)
watch({
  chat: (personId) => personId === chat?.personId && void chat.refresh(),
  settings: () => void chat?.refresh(),
  people: async () => {
    people = await api.people()
    show()
  },
  online: (isOnline) => {
    offline.hidden = isOnline
  },
})
