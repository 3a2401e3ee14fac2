import { oneLine } from './plain.ts'
import { safeUrl } from './safe-url.ts'

/** Text as Markdown that shows exactly these words: no markup, no HTML, no link, no mention comes of it. */
export function markdownText(text: string): string {
  return (
    oneLine(text)
      // What would be read as an entity is shown as it is written; "<" becomes one, because not all readers of Markdown
      // take a backslash before it.
      .replace(/&(?=#?\w+;)/g, '&amp;')
      .replace(/[\\`*_{}[\]>()#+!|~]/g, '\\$&')
      .replace(/</g, '&lt;')
      .replace(/^(\s*)(\d+)([.)])/, '$1$2\\$3')
      .replace(/^(\s*)([-=])/, '$1\\$2')
      // A zero-width space stops chats from reading "@everyone" as a mention and bare addresses as links.
      .replace(/@(?=\w)/g, '@\u200b')
      .replace(/(https?|ftp):(?=\/\/)/gi, '$1:\u200b')
      .replace(/\bwww(?=\.)/gi, '$&\u200b')
  )
}

/** A link with its text; only the text where the address is no http(s) address. */
export function markdownLink(text: string, url: string): string {
  const safe = safeUrl(url)
  if (safe === null) return markdownText(text)
  const escaped = safe.replace(
    /[()<>\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `[${markdownText(text)}](${escaped})`
}
