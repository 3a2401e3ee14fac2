import { headline, subjectMatter } from './alert-words.ts'
import { isItemAlert, type Alert } from './alert.ts'
import { cutTo, type Limit } from './limit.ts'
import { headingOf } from './message-outline.ts'
import type { Message } from './message.ts'

/**
 * One line for subjects, titles and notifications: "announced → delayed: When will …?", "3 changes: When will …?".
 * Never empty, without line breaks, within the limit (of at least 3).
 */
export function messageSubject(message: Message, limit: Limit): string {
  return cutTo(subjectOf(message), limit)
}

function subjectOf(message: Message): string {
  const heading = headingOf(message)
  const [first] = message.alerts
  if (heading === null) return alertTitle(first)
  const questions = [...new Set(message.alerts.map(subjectMatter))]
  return `${heading}: ${first.kind === 'all-quiet' ? headline(first) : questions.join(' · ')}`
}

/** One alert in one line. */
export function alertTitle(alert: Alert): string {
  return isItemAlert(alert)
    ? `${headline(alert)}: ${subjectMatter(alert)}`
    : `${subjectMatter(alert)}: ${headline(alert)}`
}
