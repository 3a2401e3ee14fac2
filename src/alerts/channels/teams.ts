import type { TeamsConfig } from '../../config/schema/channels/teams.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'
import { isWholeInTeams, teamsMessage } from './teams-message.ts'

/** Where to post. */
export type TeamsOptions = Pick<TeamsConfig, 'url' | 'timeout'>

/** Posts alerts to a workflow of Microsoft Teams, which takes them with 202 and posts them a moment later. */
export function teamsChannel(id: string, { url, timeout }: TeamsOptions): Channel {
  return {
    id,
    room: (alerts) => mostWhole(alerts, 25, isWholeInTeams),
    send: (message, send) => {
      const body = JSON.stringify(teamsMessage(message, send.actions))
      return httpPost({ url, body, timeout }, send, teamsOutcome)
    },
  }
}

/** Incoming webhooks of the old kind answer 200 also when Teams refused, and say only in words what it answered. */
function teamsOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const [, behind] = /returned HTTP error (\d{3})\b/.exec(answer.body) ?? []
  return plainOutcome(behind === undefined ? answer : { ...answer, status: Number(behind) }, now)
}
