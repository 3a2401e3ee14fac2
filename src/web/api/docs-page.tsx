import { Layout, renderDocument } from '../pages/layout.tsx'
import type { Viewer } from '../viewer.ts'
import type { ApiDocument, DocumentedField, DocumentedOperation } from './document.ts'
import { TableHead } from '../pages/table-head.tsx'

interface DocsProps {
  /** Where this openwatch is, without a slash at the end: for examples. */
  readonly base: string
  readonly viewer: Viewer
}

/** The page that tells what the API does. */
export function renderDocsPage(document: ApiDocument, props: DocsProps): string {
  return renderDocument(<DocsPage document={document} {...props} />)
}

function DocsPage({ document, base, viewer }: DocsProps & { readonly document: ApiDocument }) {
  const { groups, schemas, version, description } = document
  const [first = '', list = ''] = description.split('\n\n')
  return (
    <Layout title="openwatch: API" viewer={viewer} section="/api/v1/docs">
      <div class="api">
        <h1>API</h1>
        <p class="lead">{first}</p>
        <ul>
          {list
            .split('\n')
            .filter((line) => line.startsWith('- '))
            .map((line) => (
              <li>{withCode(line.slice(2))}</li>
            ))}
        </ul>
        <p>
          Version {version}. The same as an OpenAPI 3.1 document:{' '}
          <a href="/api/v1/openapi.json">openapi.json</a>. Assistants reach it as an MCP server at{' '}
          <code>/mcp</code>. A token is made by <code>openwatch tokens create</code>; without a password set,
          programs on this machine need none.
        </p>
        <nav aria-label="Parts of the API">
          <ul class="parts">
            {groups.map(({ name }) => (
              <li>
                <a href={`#${name.toLowerCase()}`}>{name}</a>
              </li>
            ))}
            <li>
              <a href="#shapes">Shapes</a>
            </li>
          </ul>
        </nav>
        {groups.map(({ name, operations }) => (
          <section aria-labelledby={name.toLowerCase()}>
            <h2 id={name.toLowerCase()}>{name}</h2>
            {operations.map((operation) => (
              <Operation operation={operation} base={base} />
            ))}
          </section>
        ))}
        <section aria-labelledby="shapes">
          <h2 id="shapes">Shapes</h2>
          {schemas.map(({ name, description: words, fields }) => (
            <details id={`shape-${name}`}>
              <summary>
                <strong>{name}</strong> {words}
              </summary>
              <Fields caption={`Fields of ${name}`} fields={fields} />
            </details>
          ))}
        </section>
      </div>
    </Layout>
  )
}

function Operation({ operation, base }: { readonly operation: DocumentedOperation; readonly base: string }) {
  const { id, method, path, summary, description, parameters, body, answers } = operation
  return (
    <article id={id} class="operation">
      <h3>
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <code>{path}</code>
      </h3>
      <p>{summary}.</p>
      <p class="aside">{withCode(description)}</p>
      <details>
        <summary>
          Parameters, answers, and how to try it<span class="visually-hidden"> ({`${method} ${path}`})</span>
        </summary>
        {parameters.length === 0 ? null : (
          <Fields
            caption="Parameters"
            of={`${method} ${path}`}
            fields={parameters.map((one) => ({ ...one, name: `${one.name} (${one.place})` }))}
          />
        )}
        {body === null ? null : (
          <Fields
            caption={`Body (${body.type}): ${body.name}`}
            of={`${method} ${path}`}
            fields={body.fields}
          />
        )}
        <p>Answers: {answers.join('; ') || 'nothing'}; problems as application/problem+json.</p>
        <pre tabIndex={0} aria-label={`Try ${method} ${path}`}>
          <code>{curlFor(operation, base)}</code>
        </pre>
      </details>
    </article>
  )
}

function Fields({
  caption,
  of,
  fields,
}: {
  readonly caption: string
  /** What they belong to: two regions have two names. */
  readonly of?: string
  readonly fields: readonly DocumentedField[]
}) {
  if (fields.length === 0) return <p>{caption}</p>
  return (
    <div
      class="table"
      role="region"
      aria-label={of === undefined ? caption : `${caption} of ${of}`}
      tabIndex={0}
    >
      <table>
        <caption>{caption}</caption>
        <TableHead columns={['Name', 'Type', 'What it is']} />
        <tbody>
          {fields.map(({ name, type, isRequired, description }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
                {isRequired ? ' *' : ''}
              </th>
              <td>{type}</td>
              <td>{withCode(description)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Words between backticks as code. */
function withCode(words: string) {
  return words.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))
}

const examples: Readonly<Record<string, string>> = {
  '/api/v1/items': '{"question":"When will Qwen 4 be released?","subject":["Qwen 4"],"kind":"release"}',
  '/api/v1/items/{id}/definition': '{"context":["Alibaba"]}',
  '/api/v1/items/{id}/actions': '{"action":"snooze","for":"7d"}',
  '/api/v1/proposals': '{"question":"When will Qwen 4 be released?"}',
  '/api/v1/preview': '{"itemId":"release-timing"}',
  '/api/v1/feeds': '{"what":"https://openai.com/news/rss.xml"}',
  '/api/v1/feeds/look-up': '{"what":"https://openai.com/news"}',
  '/api/v1/alerts/retry': '{"all":true}',
}

/** A line for a shell that does it. */
function curlFor({ method, path, parameters, body }: DocumentedOperation, base: string): string {
  const query = parameters.filter(({ place, isRequired }) => place === 'query' && isRequired)
  const asked = query.map(({ name }) => `${name}=…`).join('&')
  const json = body === null ? undefined : (examples[path] ?? '{}')
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} '${base}${path}${asked === '' ? '' : `?${asked}`}'`,
    `-H "Authorization: Bearer $OPENWATCH_TOKEN"`,
    ...(path.endsWith('/opml') && method === 'POST'
      ? ['-H "Content-Type: text/x-opml"', '--data-binary @feeds.opml']
      : []),
    ...(json === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${json}'`]),
  ].join(' \\\n  ')
}
