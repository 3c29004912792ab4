/** People by how much they have said: few talk for years, most for a week. */
export interface Class {
  name: string
  people: number
  lines: number
  /** So many of them are read in the bench: their lines really open, and were asked and answered by turns. */
  read: number
}

export const LARGE: readonly Class[] = [
  { name: '100,000 lines', people: 10, lines: 100_000, read: 3 },
  { name: '10,000 lines', people: 200, lines: 10_000, read: 20 },
  { name: '1,000 lines', people: 4_000, lines: 1_000, read: 100 },
  { name: '200 lines', people: 15_000, lines: 200, read: 100 },
]

/** A tenth of the people, with as much to say. */
export const SMALL: readonly Class[] = LARGE.map((one) => ({
  ...one,
  people: one.people / 10,
  read: Math.min(one.read, one.people / 10),
}))

export interface Resident {
  /** From 1: ids are made of it. */
  number: number
  lines: number
  read: boolean
}

export function residentsOf(house: readonly Class[]): Resident[] {
  const residents: Resident[] = []
  for (const { people, lines, read } of house) {
    for (let person = 0; person < people; person += 1) {
      residents.push({ number: residents.length + 1, lines, read: person < read })
    }
  }
  return residents
}

export function linesOf(house: readonly Class[]): number {
  return house.reduce((sum, { people, lines }) => sum + people * lines, 0)
}

export function userIdOf(number: number): string {
  const hex = number.toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The same in SQL, of a number that is called so there. */
export function userIdSql(number: string): string {
  return `lpad(to_hex(${number}), 32, '0')::uuid`
}

/** The secret of this person's session in the Mini App. */
export function tokenOf(number: number): string {
  return String(number).padStart(43, '0')
}
