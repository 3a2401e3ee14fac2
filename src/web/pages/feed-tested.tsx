import { describeFeed } from '../../pipeline/look-up.ts'
import { formatNames, type TestFeedOutcome } from '../../pipeline/test-feed.ts'
import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { Day } from './time-tag.tsx'

/** Entries of a test that are shown. */
const mostShown = 10

/** What a look at a feed found just now: what would come, by which format, or why it cannot be read. */
export function TestedFeed({ tested }: { readonly tested: Exclude<TestFeedOutcome, { kind: 'unknown' }> }) {
  if (tested.kind !== 'feed')
    return (
      <section class="section panel tested" aria-labelledby="tested">
        <h2 id="tested">Tested just now: it cannot be read</h2>
        <p class="fault">{clip(tested.reason, 500)}</p>
        <p class="soft">Nothing was kept.</p>
      </section>
    )
  const { seen, tookMs } = tested
  const skipped = seen.skipped.length
  return (
    <section class="section panel tested" aria-labelledby="tested">
      <h2 id="tested">Tested just now: it can be read</h2>
      <p>
        {describeFeed(seen)}. Format: {formatNames[seen.format]}, read in {tookMs.toLocaleString('en-GB')} ms.
        {skipped === 0
          ? ''
          : ` ${count(skipped, 'entry').replace('entrys', 'entries')} could not be used: ${clip(seen.skipped[0]?.reason ?? '', 200)}.`}{' '}
        Nothing was kept.
      </p>
      <ul class="entry-list">
        {seen.entries.slice(0, mostShown).map(({ title, text, publishedAt }) => (
          <li>
            <p>{clip(title === '' ? text : title, 200)}</p>
            {publishedAt === null ? null : (
              <p class="byline">
                <Day at={publishedAt} short />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
