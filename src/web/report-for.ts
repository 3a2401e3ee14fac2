import type { FastifyRequest } from 'fastify'
import { publicReport } from '../report/public-report.ts'
import type { StatusReport } from '../report/status-report.ts'
import { mayDo, viewerOf } from './viewer.ts'

/** The report as whoever asks may see it: who may read all sees all, anybody else what is public of it. */
export function reportFor(request: FastifyRequest, report: StatusReport): StatusReport {
  return mayDo(viewerOf(request), 'read') ? report : publicReport(report)
}
