/** The name of the one account, unseen: password managers want to know whose password it is. */
export function AccountName() {
  return (
    <input
      class="visually-hidden"
      type="text"
      name="username"
      value="openwatch"
      autocomplete="username"
      tabindex={-1}
      aria-hidden="true"
      readOnly
    />
  )
}
