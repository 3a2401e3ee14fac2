/** A column of a table: its name; `number`: figures stand in it; `unseen`: its name is for those who hear the page. */
export type Column = string | { readonly name: string; readonly is: 'number' | 'unseen' }

/** The head of a table. */
export function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          if (typeof column === 'string') return <th scope="col">{column}</th>
          const { name, is } = column
          return is === 'number' ? (
            <th scope="col" class="number">
              {name}
            </th>
          ) : (
            <th scope="col">
              <span class="visually-hidden">{name}</span>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
