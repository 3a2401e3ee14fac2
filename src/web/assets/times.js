// Times in the reader's own zone; the page gives them in UTC, which stays on hover.

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/**
 * Rewrites the times below an element: those that the page marked with how they are to be shown.
 * @param {ParentNode} root
 */
export function localTimes(root) {
  for (const time of root.querySelectorAll('time[data-show]')) {
    if (!(time instanceof HTMLTimeElement)) continue
    const at = new Date(time.dateTime)
    if (Number.isNaN(at.getTime())) continue
    const show = time.dataset['show']
    time.textContent = (show === 'moment' ? moment : show === 'short' ? shortDay : day).format(at)
  }
}

localTimes(document)
