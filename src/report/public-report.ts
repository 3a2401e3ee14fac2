import type { StatusReport } from './status-report.ts'

/** The report as everybody may see it: the questions, and how many feeds are healthy, but not which feeds and machines. */
export function publicReport(report: StatusReport): StatusReport {
  return { ...report, feeds: { ...report.feeds, failures: [], groups: [] }, processes: [] }
}
