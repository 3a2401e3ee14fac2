import { renderMessageHtml } from '../../../src/alerts/html-mail.tsx'
import { bytes, characters, fits } from '../../../src/alerts/limit.ts'
import { discordMarkup } from '../../../src/alerts/markup-discord.ts'
import { slackMarkup } from '../../../src/alerts/markup-slack.ts'
import { telegramMarkup } from '../../../src/alerts/markup-telegram.ts'
import type { Message } from '../../../src/alerts/message.ts'
import { messageSubject } from '../../../src/alerts/message-subject.ts'
import { renderMessage } from '../../../src/alerts/render-markup.ts'
import { renderMessageText } from '../../../src/alerts/render.ts'
import { anyMessage } from '../../alerts/hostile.ts'
import { harmIn } from '../canary.ts'
import type { Fuzzing } from '../target.ts'

/** Tokens are letters and digits, whatever stands in an alert. */
const actions = () => [{ label: 'Acknowledge', url: 'https://watch.example/act/token' }]
const limit = characters(4096)

/** Alerts with any words of feeds in them, as mail, text and in the markup of chats. */
export function start(): Fuzzing<Message> {
  return {
    inputs: anyMessage,
    check(message) {
      const html = renderMessageHtml(message, { actions })
      const harm = harmIn(html, { styles: true })
      if (harm !== null) throw new Error(`${harm}: in a mail`)
      const text = renderMessageText(message, 80)
      // eslint-disable-next-line no-control-regex
      if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text))
        throw new Error('a control character in a text')
      for (const markup of [telegramMarkup, slackMarkup, discordMarkup])
        if (!fits(renderMessage(message, markup, limit, actions), limit))
          throw new Error('longer than its limit')
      const subject = messageSubject(message, bytes(200))
      if (/[\r\n\0]/.test(subject)) throw new Error('a subject of several lines')
    },
  }
}
