import type { FuzzTarget } from './target.ts'

const target = (name: string, about: string): FuzzTarget => ({
  name,
  about,
  module: new URL(`./targets/${name}.ts`, import.meta.url),
})

/** Everything that comes in from outside, in the order in which it is tried. */
export const targets: readonly FuzzTarget[] = [
  target('xml-feeds', 'RSS, RDF and Atom: bytes, charsets, markup, and what is handed on of them'),
  target('json-feeds', "JSON Feed, and Hugging Face's list of models"),
  target('web-pages', 'pages on which feeds are looked for, pages as feeds by a selector, HTML in entries'),
  target('http-headers', 'dates, links, waits and redirects in headers, one by one'),
  target('opml', 'lists of feeds that are imported'),
  target('archives', 'files for replay and backfill: NDJSON, feeds, gzip'),
  target('news-text', 'titles and texts of entries, as they are judged'),
  target('questions', 'questions and their words, as people type them'),
  target('query-language', 'queries, beside texts'),
  target('configuration', 'openwatch.yaml, files of questions, kinds'),
  target('environment', 'variables of the environment'),
  target('command-line', 'what is typed after openwatch'),
  target('signed-links', 'links in alerts, cursors, signatures, where to go after signing in'),
  target('http', 'whatever a server sends on the wire, to who asked for a feed or asked a hub'),
  target('channel-replies', 'answers of chats, webhooks and mail servers'),
  target('api', 'every operation of the OpenAPI document'),
  target('pages', 'pages, forms, queries, uploads, feeds of changes'),
  target('access', 'strangers without a password, at a real socket'),
  target('websub', 'hubs that verify, deny and deliver'),
  target('mcp', 'messages of assistants'),
  target('alert-texts', 'words of feeds in mails, chats and on terminals'),
]
