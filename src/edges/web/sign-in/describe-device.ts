/** In this order: later ones also name earlier ones in their string. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]
const READ_MAX_LENGTH = 512

/** A few words by which people know a session of theirs; nothing of what the client sent is kept. */
export function describeDevice(userAgent: string | undefined, inTelegram: boolean): string {
  const shown = (userAgent ?? '').slice(0, READ_MAX_LENGTH)
  const program = inTelegram ? 'Telegram' : nameOf(BROWSERS, shown)
  return [program, nameOf(SYSTEMS, shown)].filter((part) => part !== null).join(', ')
}

function nameOf(names: [RegExp, string][], userAgent: string): string | null {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
}
