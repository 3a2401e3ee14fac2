/** Lists of feeds, in and out: OPML, which every feed reader knows. */
export function FeedLists({ mayWrite, isEmpty }: { readonly mayWrite: boolean; readonly isEmpty: boolean }) {
  if (!mayWrite && isEmpty) return null
  return (
    <section class="section" aria-labelledby="lists">
      <h2 id="lists">Lists of feeds</h2>
      <div class="stack">
        {mayWrite ? (
          <form class="form" method="post" action="/feeds/import" enctype="multipart/form-data">
            <div class="field">
              <label for="file">Bring the feeds of another reader</label>
              <p class="hint" id="file-hint">
                An OPML file. Feeds that are polled already stay as they are.
              </p>
              <input
                id="file"
                name="file"
                type="file"
                required
                accept=".opml,.xml,text/x-opml,text/xml,application/xml"
                aria-describedby="file-hint"
              />
            </div>
            <button class="second" type="submit">
              Import
            </button>
          </form>
        ) : null}
        {isEmpty ? null : (
          <p>
            <a class="button second" href="/feeds.opml" download="openwatch-feeds.opml">
              Download all as OPML
            </a>{' '}
            {mayWrite ? (
              <a href="/feeds.opml?secrets=yes" download="openwatch-feeds.opml">
                with the passwords and keys in addresses
              </a>
            ) : null}
          </p>
        )}
      </div>
    </section>
  )
}
