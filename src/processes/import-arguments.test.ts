import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nameOf } from '#domain/legacy'
import { ArgumentsError, readArguments, USAGE } from './import-arguments.ts'

const FROM = 'postgres://reader:s3cret@old.example:5433/bot'
const RUN = '0199aaaa-0000-7000-8000-000000000001'

test('a source alone is moved, rejected rows listed and the rest kept', () => {
  assert.deepEqual(readArguments(['--from', FROM]), {
    deed: 'import',
    from: FROM,
    mappingPath: null,
    reportPath: null,
    dryRun: false,
    sinceLast: false,
    onReject: 'keep',
  })
})

test('every option has its place', () => {
  const argv = `--from=${FROM} --mapping m.yaml --dry-run --report r.json --on-reject stop --since-last`.split(' ')
  assert.deepEqual(readArguments(argv), {
    deed: 'import',
    from: FROM,
    mappingPath: 'm.yaml',
    reportPath: 'r.json',
    dryRun: true,
    sinceLast: true,
    onReject: 'stop',
  })
  assert.deepEqual(readArguments(['--check', '--from', FROM]), { deed: 'check', from: FROM, mappingPath: null })
  assert.deepEqual(readArguments(['--rollback', RUN]), { deed: 'rollback', run: RUN, reportPath: null })
  assert.deepEqual(readArguments(['--print-mapping']), { deed: 'print-mapping' })
  assert.deepEqual(readArguments(['--from', 'nonsense', '--help']), { deed: 'help' })
})

test('the usage names every option', () => {
  const options = /there are (.*)\./.exec(refusal(['--nothing']))?.[1]?.split(', ') ?? []
  assert.equal(options.length, 10)
  for (const option of options.filter((one) => one !== '--help')) assert.ok(USAGE.includes(`${option} `), option)
})

const WRONG: [promise: string, argv: string[], says: RegExp][] = [
  ['nothing at all', [], /^--from <postgres url> is missing/],
  ['an unknown option', [`--form=${FROM}`], /^There is no option --form; there are --from, /],
  ['a short option', ['-f', FROM], /^There is no option -f;/],
  ['an option of every object', ['--constructor'], /^There is no option --constructor;/],
  ['an address without its option', [FROM], /the address of the source goes behind --from/],
  ['an option without its value', ['--from'], /^--from needs a value/],
  ['an option in the place of a value', ['--from', '--dry-run'], /^--from needs a value/],
  ['a run that can be none', ['--rollback', 'the last one'], /^--rollback needs the id of a run/],
  ['an empty value', ['--rollback='], /^--rollback needs a value/],
  ['a value where none belongs', ['--dry-run=no', '--from', FROM], /^--dry-run takes no value/],
  ['the same option twice', ['--from', FROM, '--from', FROM], /^--from is given twice/],
  [
    'another kind of database',
    ['--from', 'mysql://root:s3cret@old/bot'],
    /must be an address that begins with postgres:/,
  ],
  ['a third way with rejected rows', ['--from', FROM, '--on-reject', 'ask'], /^--on-reject is keep or stop/],
  ['a check that is a dry run', ['--from', FROM, '--check', '--dry-run'], /^--check and --dry-run do not go together/],
  ['a rollback from somewhere', ['--rollback', 'r1', '--from', FROM], /^--rollback and --from do not go together/],
  [
    'a print with more',
    ['--print-mapping', '--mapping', 'm.yaml'],
    /^--print-mapping and --mapping do not go together/,
  ],
  ['a rollback and a check', ['--check', '--rollback', 'r1'], /do not go together/],
  ['a port that is none', ['--from', 'postgres://reader:s3cret@old:port/bot'], /cannot be read as an address/],
  ['a bare # in the password', ['--from', 'postgres://reader:1#s3cret@old/bot'], /cannot be read as an address.*%23/],
  ['a bare / in the password', ['--from', 'postgres://reader:1/s3cret@old/bot'], /cannot be read as an address/],
  [
    'a bare @ and / in the password',
    ['--from', 'postgres://reader:1@2/s3cret@old/bot'],
    /cannot be read as an address/,
  ],
  ['a bare ? in the password', ['--from', 'postgres://reader:1?s3cret@old/bot'], /cannot be read as an address/],
]

for (const [promise, argv, says] of WRONG) {
  test(`${promise} is told in one sentence that holds no password`, () => {
    const sentence = refusal(argv)
    assert.match(sentence, says)
    assert.doesNotMatch(sentence, /s3cret/)
  })
}

test('an address is shown without its name, password and settings', () => {
  assert.equal(nameOf(FROM), 'old.example:5433/bot')
  assert.equal(nameOf('postgresql:///bot?host=/tmp&password=s3cret'), '/tmp:5432/bot')
  assert.doesNotMatch(outcomeOf('postgres://reader:s3cret@old:port/bot'), /s3cret/)
})

test('no password is ever shown, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aB1:/?#@%&=+ \\[]é'), minLength: 1 }), (tail) => {
      const password = `s3cret${tail}s3cret`
      for (const written of [password, encodeURIComponent(password)]) {
        const url = `postgres://reader:${written}@old.example/bot`
        assert.doesNotMatch(outcomeOf(url), /s3cret/)
      }
    }),
    { numRuns: 2_000 },
  )
})

/** What is printed of an address, taken or not. */
function outcomeOf(url: string): string {
  try {
    const request = readArguments(['--from', url])
    return request.deed === 'import' ? nameOf(request.from) : ''
  } catch (error) {
    if (error instanceof ArgumentsError) return error.message
    throw error
  }
}

function refusal(argv: readonly string[]): string {
  try {
    readArguments(argv)
  } catch (error) {
    if (error instanceof ArgumentsError) return error.message
    throw error
  }
  return assert.fail(`taken: ${argv.join(' ')}`)
}
