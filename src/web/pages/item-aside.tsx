import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import type { ItemReport } from '../../report/status-report.ts'
import type { ItemStory } from '../../store/item-story.ts'
import { actPath } from './item-changes.tsx'
import { Day } from './time-tag.tsx'

interface Props {
  readonly story: ItemStory
}

/** What a person can do about a question, each with a button that works without scripts. */
export function ItemActions({ story }: Props) {
  const { report: item, stored } = story
  const isOver = item.state === 'retired'
  return (
    <section class="panel stack item-actions" aria-labelledby="item_actions">
      <h2 id="item_actions">What to do</h2>
      <Do
        item={item}
        action="acknowledge"
        label={item.wishes.acknowledgedAt === null ? 'I have seen it' : 'Seen again'}
      />
      <Snooze item={item} />
      <Mute story={story} />
      {isOver ? null : (
        <div class="buttons">
          <Do
            item={item}
            action={item.state === 'paused' ? 'resume' : 'pause'}
            label={item.state === 'paused' ? 'Resume the watch' : 'Pause the watch'}
          />
          {stored.origin === 'user' ? (
            <a class="button second" href={`/items/${encodeURIComponent(item.id)}/edit`}>
              Edit
            </a>
          ) : null}
        </div>
      )}
      {isOver || stored.origin === 'user' ? null : (
        <p class="small soft">A file of the configuration says what is asked here; change it there.</p>
      )}
    </section>
  )
}

/** One button that does one thing. */
function Do({
  item,
  action,
  label,
  fields = {},
}: {
  readonly item: ItemReport
  readonly action: string
  readonly label: string
  readonly fields?: Readonly<Record<string, string>>
}) {
  return (
    <form method="post" action={actPath(item.id)}>
      <input type="hidden" name="action" value={action} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="second">
        {label}
      </button>
    </form>
  )
}

function Snooze({ item }: { readonly item: ItemReport }) {
  const { snoozedUntil, snoozedToChange } = item.wishes
  const isSnoozed = snoozedUntil !== null || snoozedToChange
  return (
    <div class="stack" role="group" aria-labelledby="item_snooze">
      <h3 id="item_snooze">Hold its alerts</h3>
      <div class="buttons">
        <Do item={item} action="snooze" fields={{ for: '1d' }} label="for a day" />
        <Do item={item} action="snooze" fields={{ for: '7d' }} label="for a week" />
        <Do item={item} action="snooze-until-change" label="until it changes" />
        {isSnoozed ? <Do item={item} action="wake" label="not any more" /> : null}
      </div>
    </div>
  )
}

function Mute({ story }: Props) {
  const { report: item, claims } = story
  const { muted } = item.wishes
  const said = [...new Set(claims.map(({ outlet }) => outlet))]
    .filter((outlet) => !muted.includes(outlet))
    .sort()
  if (said.length === 0 && muted.length === 0) return null
  return (
    <div class="stack" role="group" aria-labelledby="item_mute">
      <h3 id="item_mute">Outlets that do not count</h3>
      {muted.map((outlet) => (
        <Do item={item} action="unmute" fields={{ outlet }} label={`Let ${clip(outlet, 40)} count again`} />
      ))}
      {said.length === 0 ? null : (
        <form method="post" action={actPath(item.id)} class="inline">
          <input type="hidden" name="action" value="mute" />
          <div class="field">
            <label for="mute_outlet">Outlet</label>
            <select id="mute_outlet" name="outlet">
              {said.map((outlet) => (
                <option value={outlet}>{clip(outlet, 60)}</option>
              ))}
            </select>
          </div>
          <button type="submit" class="second">
            Mute
          </button>
        </form>
      )}
    </div>
  )
}

/** What is asked, as its owner wrote it, and how much of the world is seen. */
export function ItemFacts({ story, mayRead }: Props & { readonly mayRead: boolean }) {
  const { report, stored } = story
  const { item } = stored
  return (
    <section class="item-facts" aria-labelledby="item_facts">
      <h2 id="item_facts">What is watched</h2>
      <dl class="facts">
        <dt>Topic</dt>
        <dd>
          <a href={`/?${new URLSearchParams({ topic: item.topic }).toString()}`}>{oneLine(item.topic)}</a>
        </dd>
        <dt>Kind</dt>
        <dd>{item.kind}</dd>
        {mayRead ? (
          <>
            <Words name="Subject" words={item.subject} />
            <Words name="Context" words={item.context} />
            <Words name="About" words={item.about} />
            <Words name="Its own word settles it" words={item.official} />
          </>
        ) : null}
        <dt>Watched since</dt>
        <dd>
          <Day at={item.since} />
        </dd>
        <dt>Entries that met it</dt>
        <dd>
          {report.matches.toLocaleString('en-GB')}
          {report.lastMatchAt === null ? null : (
            <>
              , the last on <Day at={report.lastMatchAt} />
            </>
          )}
        </dd>
        <dt>Seen by</dt>
        <dd>
          {report.sight.healthy} of {count(report.sight.total, 'feed')}
        </dd>
        <dt>Name</dt>
        <dd>
          <code>{item.id}</code>
        </dd>
      </dl>
      <p class="small">
        <a href={`/changes.atom?${new URLSearchParams({ item: item.id }).toString()}`}>
          Its changes as a feed
        </a>
      </p>
    </section>
  )
}

function Words({ name, words }: { readonly name: string; readonly words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{words.map(oneLine).join(', ')}</dd>
    </>
  )
}
