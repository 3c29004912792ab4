/** `getTimeZones` is younger than the types that come with the compiler. */
interface Region {
  getTimeZones?(): string[] | undefined
}

/** The country of an IANA time zone among those given, by the runtime's own table; null when none of them has it. */
export function createCountryOfZone(countries: readonly string[]): (zone: string) => string | null {
  const byZone = new Map<string, string>()
  for (const country of countries) {
    const region = new Intl.Locale(`und-${country}`) as Intl.Locale & Region
    for (const zone of region.getTimeZones?.() ?? []) if (!byZone.has(zone)) byZone.set(zone, country)
  }
  return (zone) => byZone.get(zone) ?? byZone.get(nameInUse(zone)) ?? null
}

/** A zone has had several names: the runtime knows each under one. */
function nameInUse(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return ''
  }
}
