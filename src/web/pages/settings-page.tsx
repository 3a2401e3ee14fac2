import type { Problem } from '../../config/problem.ts'
import type { Setting, SettingOrigin, SettingSection } from '../../config/settings-report.ts'
import type { ShownSettings } from '../../pipeline/show-settings.ts'
import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import { grades } from '../../status/status.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'
import { TableHead } from './table-head.tsx'

export interface SettingsPageProps {
  readonly viewer: Viewer
  readonly settings: ShownSettings
}

/** The configuration in use, where each value comes from, and what is wrong with the files, as a whole HTML document. */
export function renderSettingsPage(props: SettingsPageProps): string {
  return renderDocument(<SettingsPage {...props} />)
}

function SettingsPage({ viewer, settings }: SettingsPageProps) {
  const { directory, isShipped, sections, problems, doubts } = settings
  return (
    <Layout title="Settings · openwatch" viewer={viewer} section="/settings">
      <h1>Settings</h1>
      <p class="lede">
        What is in effect, and where it comes from: the files in <code>{directory}</code>, the environment, or
        what openwatch does by itself. Changed files are taken into use at once.
      </p>
      {isShipped ? (
        <p class="notice warning">
          These are the files that openwatch brings along. To keep your own, copy the folder and point
          OPENWATCH_CONFIG to it.
        </p>
      ) : null}
      <Problems problems={problems} doubts={doubts} />
      {mayDo(viewer, 'write') ? (
        <p class="buttons">
          <a class="button second" href="/settings/access">
            Password, sessions and tokens
          </a>
        </p>
      ) : null}
      {sections.map((section) => (
        <Section section={section} />
      ))}
      <Lists settings={settings} />
    </Layout>
  )
}

function Problems({ problems, doubts }: Pick<ShownSettings, 'problems' | 'doubts'>) {
  if (problems.length > 0)
    return (
      <div class="notice bad" role="alert">
        <p>
          <strong>{count(problems.length, 'mistake')} in the files.</strong> What was in use before stays in
          use until {problems.length === 1 ? 'it is' : 'they are'} mended.
        </p>
        <ProblemList problems={problems} />
      </div>
    )
  if (doubts.length === 0) return null
  return (
    <div class="notice warning">
      <p>
        <strong>{count(doubts.length, 'thing')} in the files may be a mistake.</strong>
      </p>
      <ProblemList problems={doubts} />
    </div>
  )
}

function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul class="problems">
      {problems.map(({ file, path, line, message, fix }) => (
        <li>
          <code>
            {file}
            {line === null ? '' : `:${line}`}
            {path === '' ? '' : ` ${path}`}
          </code>
          <p>{clip(message, 400)}</p>
          <p class="soft">{clip(fix, 400)}</p>
        </li>
      ))}
    </ul>
  )
}

function Section({ section: { name, description, settings } }: { readonly section: SettingSection }) {
  const id = `section-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <table class="stacks settings-table">
        <caption>
          {description ?? (name.startsWith('channels.') ? 'A channel, as it is written in the file' : name)}
        </caption>
        <TableHead columns={['Setting', 'Value', 'From']} />
        <tbody>
          {settings.map((setting) => (
            <Row setting={setting} within={name} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({
  setting: { path, value, description, origin },
  within,
}: {
  readonly setting: Setting
  readonly within: string
}) {
  const name = path.startsWith(`${within}.`) ? path.slice(within.length + 1) : path
  return (
    <tr class={origin.kind === 'default' ? undefined : 'set'}>
      <th scope="row">
        <code>{name}</code>
        {description === null ? null : <p class="hint">{description}</p>}
      </th>
      <td>
        {value === null || value === '' ? <span class="soft">none</span> : <code>{oneLine(value)}</code>}
      </td>
      <td data-label="From">{originText(origin)}</td>
    </tr>
  )
}

/** "openwatch.yaml, line 12", "the environment: SMTP_PASSWORD", "default". */
function originText(origin: SettingOrigin): string {
  switch (origin.kind) {
    case 'default':
      return 'default'
    case 'file':
      return `openwatch.yaml${origin.line === null ? '' : `, line ${origin.line}`}`
    case 'environment':
      return `environment, ${origin.name}${origin.line === null ? '' : ` (line ${origin.line})`}`
  }
}

function Lists({ settings }: { readonly settings: ShownSettings }) {
  const { outlets, kinds, feeds, watchFiles, historyFiles } = settings
  return (
    <section class="section" aria-labelledby="lists">
      <h2 id="lists">Feeds, questions, kinds and outlets</h2>
      <dl class="facts">
        <dt>Feeds</dt>
        <dd>
          {feeds.toLocaleString('en-GB')} in the configuration; <a href="/feeds">all feeds</a>
        </dd>
        <dt>Questions</dt>
        <dd>
          {watchFiles.length === 0
            ? 'none in files'
            : watchFiles.map(({ file, items }) => `${file} (${count(items, 'question')})`).join(', ')}
        </dd>
        <dt>Histories</dt>
        <dd>{historyFiles.length === 0 ? 'none' : historyFiles.join(', ')}</dd>
        <dt>Kinds</dt>
        <dd>
          <ul>
            {kinds.map(({ id, description }) => (
              <li>
                <code>{id}</code> <span class="soft">{clip(description, 200)}</span>
              </li>
            ))}
          </ul>
        </dd>
        {grades.map((grade) => (
          <Outlets grade={grade} names={outlets[grade]} />
        ))}
      </dl>
    </section>
  )
}

function Outlets({ grade, names }: { readonly grade: string; readonly names: readonly string[] }) {
  return (
    <>
      <dt>Outlets: {grade}</dt>
      <dd>
        {names.length === 0 ? (
          <span class="soft">{grade === 'other' ? 'all that are in no list' : 'none'}</span>
        ) : (
          <details>
            <summary>{count(names.length, 'domain')}</summary>
            <p class="domains">{names.join(', ')}</p>
          </details>
        )}
      </dd>
    </>
  )
}
