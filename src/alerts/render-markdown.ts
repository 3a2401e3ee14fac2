import { noActions, type Actions } from './alert-parts.ts'
import { unlimited, type Limit } from './limit.ts'
import { markdownMarkup } from './markup-markdown.ts'
import type { Message } from './message.ts'
import { renderMessage } from './render-markup.ts'

/** A message as CommonMark within a limit. What a feed wrote cannot become markup, a mention or a hidden link. */
export function renderMessageMarkdown(
  message: Message,
  limit: Limit = unlimited,
  actions: Actions = noActions,
): string {
  return renderMessage(message, markdownMarkup, limit, actions)
}
