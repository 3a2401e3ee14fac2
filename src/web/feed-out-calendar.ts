import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Calendar, CalendarEvent } from '../report/calendar.ts'
import type { FeedAddresses } from './feed-out-addresses.ts'

/** How often calendars are to look again, in seconds. */
const lookAgain = 3600

const states = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<CalendarEvent['state'], ICalEventStatus>

/** Expected dates as iCalendar (RFC 5545): one event a question, under one UID for ever. */
export function renderCalendar({ title, events }: Calendar, addresses: FeedAddresses): string {
  const calendar = new ICalCalendar({
    name: title.toWellFormed(),
    prodId: { company: 'openwatch', product: 'openwatch', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: lookAgain,
    url: addresses.self,
  })
  for (const event of events) addEvent(calendar, event, addresses)
  return calendar.toString()
}

function addEvent(calendar: ICalCalendar, event: CalendarEvent, addresses: FeedAddresses): void {
  calendar.createEvent({
    id: addresses.eventId(event.itemId),
    sequence: event.sequence,
    allDay: true,
    start: dayOf(event.from),
    // the end is the day after the last one
    end: new Date(dayOf(event.to).getTime() + 86_400_000),
    // a window is no appointment: it keeps nobody busy
    transparency: ICalEventTransparency.TRANSPARENT,
    status: states[event.state],
    summary: event.title.toWellFormed(),
    description: event.text.toWellFormed(),
    url: addresses.pageOf(event.itemId),
    ...(event.topic === '' ? {} : { categories: [{ name: event.topic.toWellFormed() }] }),
    // not the time of asking: the same calendar is the same text
    stamp: event.updatedAt,
    created: event.createdAt,
    lastModified: event.updatedAt,
  })
}

function dayOf(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`)
}
