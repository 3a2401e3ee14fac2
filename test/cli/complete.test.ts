import { Argument, Command, Option } from 'commander'
import { expect, it, onTestFinished } from 'vitest'
import { complete } from '../../src/cli/complete.ts'
import { configFolder } from '../config/folder.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { inProcess } from './in-process.ts'

const program = new Command('openwatch')
program
  .command('status')
  .argument('[item]')
  .option('--json', 'as JSON')
  .addOption(new Option('--secret').hideHelp())
const alerts = program.command('alerts').description('what was told')
alerts
  .command('list')
  .addOption(new Option('--state <state>').choices(['sent', 'dead']))
  .option('--channel <name>')
  .option('--item <id>')
program.command('items').command('show').argument('<id>')
program.command('shell').addArgument(new Argument('<which>').choices(['bash', 'fish']))
program.command('hidden', { hidden: true })

const names = { item: ['release-timing', 'safety'], feed: ['https://a.example/'], channel: ['mail'] }
const completed = async (line: string) => {
  const found = await complete(program, line.split(' '), (what) =>
    Promise.resolve(names[what].map((value) => ({ value, description: '' }))),
  )
  return found.map(({ value }) => value)
}

it.each([
  ['', ['status', 'alerts', 'items', 'shell', 'help']],
  ['al', ['alerts']],
  ['alerts l', ['list']],
  ['status ', ['release-timing', 'safety']],
  ['status rel', ['release-timing']],
  ['status release-timing ', []],
  ['status --', ['--json', '--help']],
  ['status --json sa', ['safety']],
  ['alerts list --state ', ['sent', 'dead']],
  ['alerts list --channel ', ['mail']],
  ['alerts list --item s', ['safety']],
  ['alerts list --state dead --ch', ['--channel']],
  ['items show r', ['release-timing']],
  ['shell b', ['bash']],
  ['nothing here ', []],
])('"openwatch %s" may go on with %j', async (line, expected) => {
  expect(await completed(line)).toEqual(expected)
})

it('offers the names of the configuration, and those that people have added', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const watched = 'items:\n  - { id: gizmo, question: "Will gizmo come?", subject: gizmo }\n'
  const folder = await configFolder({ 'watch/a.yaml': watched }, (clean) => onTestFinished(clean))
  const env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: folder, LOG_LEVEL: 'silent' }
  await inProcess(['add', 'Will the widget come?', '--subject', 'widget', '--id', 'widget'], { env })
  // on a busy machine the database may take longer than anybody waits who completes a word
  await expect
    .poll(() => inProcess(['complete', '--', 'items', 'show', ''], { env }))
    .toEqual({ code: 0, err: '', out: 'gizmo\tWill gizmo come?\nwidget\tWill the widget come?\n' })
})
