import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ItemAlert } from '../alerts/alert.ts'
import { evidenceOf } from '../alerts/alert-words.ts'
import type { ActionLink } from '../alerts/channels/channel.ts'

/** What a link in an alert lets a person do. Their order is part of every link: add at the end. */
export const linkActions = ['acknowledge', 'snooze', 'mute', 'wrong'] as const
export type LinkAction = (typeof linkActions)[number]

/** What a link stands for. It holds nothing that could be read out of it: all else is looked up by the alert. */
export interface LinkTarget {
  readonly action: LinkAction
  readonly alertId: string
}

const payloadBytes = 17
const macBytes = 32
const tokenForm = /^[\w-]{66}$/

/** The token of a link: action and alert, signed with HMAC-SHA256, as base64url. The same each time it is made. */
export function signLink({ action, alertId }: LinkTarget, key: Uint8Array): string {
  const payload = Buffer.concat([
    Buffer.from([linkActions.indexOf(action)]),
    Buffer.from(alertId.replaceAll('-', ''), 'hex'),
  ])
  return Buffer.concat([payload, mac(payload, key)]).toString('base64url')
}

/** Reads a token back; null for whatever was not made with this key. */
export function readLink(token: string, key: Uint8Array): LinkTarget | null {
  if (!tokenForm.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== payloadBytes + macBytes || bytes.toString('base64url') !== token) return null
  const payload = bytes.subarray(0, payloadBytes)
  if (!timingSafeEqual(mac(payload, key), bytes.subarray(payloadBytes))) return null
  const action = linkActions[payload[0] ?? -1]
  const alertId = payload.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return action === undefined ? null : { action, alertId }
}

/** Signatures of another purpose under the same key must not pass for these. */
function mac(payload: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('openwatch action link 1\0').update(payload).digest()
}

/** What can be done about an alert, as links under the public address (with a slash at its end). */
export function linksOf(alert: ItemAlert, publicUrl: string, key: Uint8Array): ActionLink[] {
  return actionsOf(alert).map((action) => ({
    label: labelOf(action, outletOf(alert)),
    url: `${publicUrl}act/${signLink({ action, alertId: alert.id }, key)}`,
  }))
}

/** Mute and wrong are about somebody's word: there must be some, and a change that it carries. */
export function actionsOf(alert: ItemAlert): LinkAction[] {
  const isSaid = outletOf(alert) !== null
  const isChange = alert.kind === 'status-changed' || alert.kind === 'date-changed'
  return linkActions.filter((action) =>
    action === 'mute' ? isSaid : action === 'wrong' ? isSaid && isChange : true,
  )
}

/** Whose word carries an alert; null where it is about time or feeds. */
export function outletOf(alert: ItemAlert): string | null {
  return evidenceOf(alert)[0]?.outlet ?? null
}

function labelOf(action: LinkAction, outlet: string | null): string {
  switch (action) {
    case 'acknowledge':
      return 'Acknowledge'
    case 'snooze':
      return 'Snooze a week'
    case 'mute':
      return `Mute ${outlet ?? 'the outlet'}`
    case 'wrong':
      return 'This is wrong'
  }
}
