import { newChat } from '../chat.ts'
import type { Person } from '../person.ts'
import type { World } from '../world.ts'

const FIRST_NEW_ID = 800_000_001

/** Somebody new moves in; the id is chosen unless given. */
export function addPerson(world: World, given: Partial<Person> = {}): Person {
  const id = given.id ?? freeId(world)
  if (world.chats.has(id)) throw new Error(`somebody with the id ${id} lives here already`)
  const person: Person = { firstName: 'Анна', languageCode: 'ru', ...given, id }
  world.chats.set(id, newChat(person))
  world.signals.emit({ kind: 'people' })
  return person
}

function freeId(world: World): number {
  let id = FIRST_NEW_ID
  while (world.chats.has(id)) id += 1
  return id
}
