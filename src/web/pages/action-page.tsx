import type { ComponentChildren } from 'preact'
import { evidenceOf, headline } from '../../alerts/alert-words.ts'
import type { ClosedLink, LinkResult, OpenLink } from '../../pipeline/follow-link.ts'
import { dayText } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import { rejectionReasons, type RejectionReason } from '../../status/rejected.ts'
import { Layout, renderDocument } from './layout.tsx'
import { Quote } from './quote.tsx'

/** What a link in an alert would do, with the button that does it, as a whole HTML document. */
export function renderActionPage(link: OpenLink, isUnchosen: boolean): string {
  const { alert, action } = link
  const [said] = evidenceOf(alert)
  const words = wordsOf(link)
  return renderDocument(
    <Frame title={words.title}>
      <h1>{words.title}</h1>
      <section class="act">
        <p class="about">{oneLine(alert.item.question)}</p>
        <p class="standing">{headline(alert)}</p>
        {said === undefined ? null : <Quote evidence={said} />}
        <p>{words.effect}</p>
        <form method="post">
          {action === 'wrong' ? <Reasons isUnchosen={isUnchosen} /> : null}
          <button type="submit">{words.button}</button>
        </form>
        <p class="nothing">Nothing is done before you press the button. The link works once.</p>
      </section>
    </Frame>,
  )
}

/** What was done, as a whole HTML document. */
export function renderDonePage({ alert }: OpenLink, result: LinkResult): string {
  const [title, more] = resultWords(result)
  return renderDocument(
    <Frame title={title}>
      <h1>{title}</h1>
      <section class="act">
        <p class="about">{oneLine(alert.item.question)}</p>
        <p>{more}</p>
      </section>
    </Frame>,
  )
}

/** Why a link cannot be used, as a whole HTML document. It tells nothing of what the link was about. */
export function renderClosedPage(kind: ClosedLink['kind']): string {
  const [title, more] = closedWords[kind]
  return renderDocument(
    <Frame title={title}>
      <h1>{title}</h1>
      <p class="nothing">{more}</p>
    </Frame>,
  )
}

function Frame({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <Layout title={`openwatch: ${title}`} aside="">
      {children}
    </Layout>
  )
}

const reasonWords: Readonly<Record<RejectionReason, string>> = {
  'wrong-subject': 'It is about something else',
  'not-said': 'It does not say that',
  outdated: 'It is outdated',
}

function Reasons({ isUnchosen }: { readonly isUnchosen: boolean }) {
  return (
    <>
      <fieldset>
        <legend>{isUnchosen ? 'Choose why first' : 'Why is it wrong?'}</legend>
        {rejectionReasons.map((reason) => (
          <label>
            <input type="radio" name="reason" value={reason} required /> {reasonWords[reason]}
          </label>
        ))}
      </fieldset>
      <label class="note">
        More about it, if you like <input type="text" name="note" maxLength={500} />
      </label>
    </>
  )
}

function wordsOf({ action, outlet, alert }: OpenLink): { title: string; effect: string; button: string } {
  const who = outlet === null ? 'this outlet' : clip(outlet, 80)
  switch (action) {
    case 'acknowledge':
      return {
        title: 'Acknowledge',
        effect: 'The report will show that this was seen.',
        button: 'I have seen it',
      }
    case 'snooze':
      return {
        title: 'Snooze for a week',
        effect: 'Alerts about this question will be held for seven days, then sent.',
        button: 'Snooze it',
      }
    case 'mute':
      return {
        title: `Mute ${who}`,
        effect: `What ${who} says will be kept, but decide nothing for this question from now on.`,
        button: `Mute ${who}`,
      }
    case 'wrong':
      return {
        title: 'This is wrong',
        effect: `The ${alert.kind === 'date-changed' ? 'date' : 'status'} will be decided anew without this story, and those who were told of it will be told.`,
        button: 'Reject it',
      }
  }
}

function resultWords(result: LinkResult): readonly [string, string] {
  switch (result.kind) {
    case 'acknowledged':
      return ['Acknowledged', 'The report shows that this was seen.']
    case 'snoozed':
      return ['Snoozed', `Alerts about this question are held until ${dayText(result.until)}.`]
    case 'muted':
      return [
        `${clip(result.outlet, 80)} is muted`,
        'What it says is kept, and decides nothing for this question from now on.',
      ]
    case 'rejected':
      return result.corrected
        ? ['Corrected', 'The question stands without this story now; those who were told of it are told.']
        : ['Rejected', 'The story counts no longer. The question stands as before: others say the same.']
    case 'settled-before':
      return ['Nothing to do', 'This was rejected before, or can no longer be.']
  }
}

const closedWords: Readonly<Record<ClosedLink['kind'], readonly [string, string]>> = {
  used: ['This link was used already', 'Each link in an alert works once. What it was for has been done.'],
  expired: [
    'This link is too old',
    'Links in alerts work for 30 days, and as long as there is what they are about.',
  ],
  forged: [
    'This link does not work',
    'It was not made by this openwatch, or it was cut off on its way. Copy the whole link from the alert.',
  ],
}
