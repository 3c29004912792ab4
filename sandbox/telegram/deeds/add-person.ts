import { randomInt } from 'node:crypto'
import { newChat } from '../chat.ts'
import type { Person } from '../person.ts'
import type { World } from '../world.ts'

const NEW_ID_MIN = 800_000_000
const NEW_ID_MAX = 6_900_000_000

/** Somebody new moves in; the id is drawn unless given, since a bot may remember those of an earlier run. */
export function addPerson(world: World, given: Partial<Person> = {}): Person {
  const id = given.id ?? freeId(world)
  if (world.chats.has(id)) throw new Error(`somebody with the id ${id} lives here already`)
  const person: Person = { firstName: 'Анна', languageCode: 'ru', ...given, id }
  world.chats.set(id, newChat(person))
  world.signals.emit({ kind: 'people' })
  return person
}

function freeId(world: World): number {
  let id = randomInt(NEW_ID_MIN, NEW_ID_MAX)
  while (world.chats.has(id)) id += 1
  return id
}
