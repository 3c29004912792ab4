import { parseArgs } from 'node:util'

/** What to do when a row of the source is rejected: end there, or list it and move the rest. */
export type OnReject = 'stop' | 'keep'

export type ImportRequest =
  | { deed: 'help' }
  | { deed: 'print-mapping' }
  | { deed: 'check'; from: string; mappingPath: string | null }
  | { deed: 'rollback'; run: string; reportPath: string | null }
  | {
      deed: 'import'
      from: string
      mappingPath: string | null
      reportPath: string | null
      dryRun: boolean
      sinceLast: boolean
      onReject: OnReject
    }

/** A command line that asks for nothing that can be done; its message is one sentence for whoever wrote it. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError'
}

export const USAGE = `npm run import-legacy -- --from <postgres url> [options]

  --from <url>        the old system's database: postgres://user:password@host:5432/name; only read, never written
  --mapping <file>    names of tables, columns, roles and personas, where they are not the usual ones
  --check             compare the mapping with the source, and stop there
  --dry-run           go through every row and report, write nothing
  --report <file>     write the proof report there as JSON, and a page to read beside it
  --on-reject <what>  keep: list rejected rows and move the rest (default); stop: end at the first
  --since-last        only what is new since the last run

npm run import-legacy -- --print-mapping      a mapping file to begin with
npm run import-legacy -- --rollback <run>     take back a run, until its first user has written again [--report <file>]
`

const OPTIONS = {
  from: { type: 'string' },
  mapping: { type: 'string' },
  report: { type: 'string' },
  'on-reject': { type: 'string' },
  rollback: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'print-mapping': { type: 'boolean' },
  check: { type: 'boolean' },
  'since-last': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

type Option = keyof typeof OPTIONS
type Given = ReadonlyMap<Option, string>

/** What stands alone, and what may stand beside it. */
const ALONE: readonly [option: Option, beside: readonly Option[]][] = [
  ['print-mapping', []],
  ['rollback', ['report']],
  ['check', ['from', 'mapping']],
]

/** Reads the command line after the command. @throws ArgumentsError */
export function readArguments(argv: readonly string[]): ImportRequest {
  const given = collect(argv)
  if (given.has('help')) return { deed: 'help' }
  for (const [option, beside] of ALONE) {
    const other = [...given.keys()].find((one) => one !== option && !beside.includes(one))
    if (given.has(option) && other) throw new ArgumentsError(`--${option} and --${other} do not go together.`)
  }
  if (given.has('print-mapping')) return { deed: 'print-mapping' }
  const reportPath = given.get('report') ?? null
  const run = given.get('rollback')
  if (run !== undefined) return { deed: 'rollback', run: runId(run), reportPath }

  const from = sourceUrl(given.get('from'))
  const mappingPath = given.get('mapping') ?? null
  if (given.has('check')) return { deed: 'check', from, mappingPath }
  const onReject = given.get('on-reject') ?? 'keep'
  if (onReject !== 'keep' && onReject !== 'stop') throw new ArgumentsError('--on-reject is keep or stop.')
  return {
    deed: 'import',
    from,
    mappingPath,
    reportPath,
    dryRun: given.has('dry-run'),
    sinceLast: given.has('since-last'),
    onReject,
  }
}

/** Every option once, with its value; a flag has an empty one. Values are never repeated in a sentence: one may be the URL. */
function collect(argv: readonly string[]): Given {
  const given = new Map<Option, string>()
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      throw new ArgumentsError(
        'There is a word that belongs to no option; the address of the source goes behind --from.',
      )
    }
    const { name, rawName, value } = token
    if (!isOption(name) || !rawName.startsWith('--')) {
      throw new ArgumentsError(
        `There is no option ${rawName}; there are ${Object.keys(OPTIONS).map(dashed).join(', ')}.`,
      )
    }
    if (given.has(name)) throw new ArgumentsError(`--${name} is given twice.`)
    given.set(name, readValue(name, value))
  }
  return given
}

function readValue(name: Option, value: string | undefined): string {
  if (OPTIONS[name].type === 'boolean') {
    if (value !== undefined) throw new ArgumentsError(`--${name} takes no value.`)
    return ''
  }
  if (!value?.trim() || value.startsWith('--')) throw new ArgumentsError(`--${name} needs a value.`)
  return value
}

function runId(run: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(run)) {
    throw new ArgumentsError('--rollback needs the id of a run, as it was printed and stands in the report.')
  }
  return run.toLowerCase()
}

function isOption(name: string): name is Option {
  return Object.hasOwn(OPTIONS, name)
}

function dashed(name: string): string {
  return `--${name}`
}

function sourceUrl(from: string | undefined): string {
  if (from === undefined) throw new ArgumentsError('--from <postgres url> is missing; --help shows what there is.')
  if (!/^postgres(ql)?:\/\//.test(from)) {
    throw new ArgumentsError('--from must be an address that begins with postgres:// or postgresql://.')
  }
  const url = URL.canParse(from) ? new URL(from) : null
  if (!url || isTornApart(url)) {
    throw new ArgumentsError(
      '--from cannot be read as an address. In user and password write : / ? # @ % as %3A %2F %3F %23 %40 %25.',
    )
  }
  return from
}

/**
 * A password with a bare `/`, `?` or `#` ends the address early: its head would be taken for a port or a host, and its
 * tail, with the `@` that should have ended it, for what comes behind.
 */
function isTornApart({ pathname, search, hash }: URL): boolean {
  return hash !== '' || `${pathname}${search}`.includes('@')
}
