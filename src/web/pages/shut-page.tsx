import { Layout, renderDocument } from './layout.tsx'

/** What people see while others could look, too, and no password is set: how to set one. A whole HTML document. */
export function renderShutPage(): string {
  return renderDocument(
    <Layout title="openwatch: no password is set yet">
      <div class="access">
        <h1>No password is set yet</h1>
        <p class="lede">
          openwatch is at work, and feeds are watched. It can be reached from other machines, so its pages
          stay shut until there is a password.
        </p>
        <h2>Set one where openwatch runs</h2>
        <pre>
          <code>openwatch passwd</code>
        </pre>
        <h2>With Docker, in the folder of compose.yaml</h2>
        <pre>
          <code>docker compose exec openwatch openwatch passwd</code>
        </pre>
        <p>
          Then <a href="/">load the report</a> and sign in.
        </p>
      </div>
    </Layout>,
  )
}
