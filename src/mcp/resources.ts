import { ResourceTemplate, type McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { renderItemMarkdown, renderMarkdown } from '../report/render-markdown.ts'
import type { McpParts } from './parts.ts'
import { aboutQuotes } from './untrusted.ts'

const mimeType = 'text/markdown'

const note = `_${aboutQuotes.replace('Text between <untrusted-quote> tags', 'Quoted text in this report')}_`

/** The report, and each question, as Markdown. */
export function reportResources(server: McpServer, { desk }: McpParts): void {
  server.registerResource(
    'report',
    'openwatch://report',
    {
      title: 'Status report',
      description: 'Where every question stands, and the health of the feeds',
      mimeType,
    },
    async ({ href }) => ({
      contents: [{ uri: href, mimeType, text: `${note}\n\n${renderMarkdown(await desk.report())}` }],
    }),
  )
  server.registerResource(
    'question',
    new ResourceTemplate('openwatch://questions/{id}', {
      list: async () => ({
        resources: (await desk.report()).items.map(({ id, question }) => ({
          ...{ uri: `openwatch://questions/${encodeURIComponent(id)}`, name: id, title: question, mimeType },
        })),
      }),
    }),
    { title: 'A question', description: 'Where it stands, with its whole history', mimeType },
    async ({ href }, { id }) => {
      const [item] = (await desk.report([decodeURIComponent(String(id))])).items
      if (item === undefined)
        throw new Error(`there is no question ${String(id)}; openwatch://report names them`)
      return { contents: [{ uri: href, mimeType, text: `${note}\n\n${renderItemMarkdown(item)}` }] }
    },
  )
}
