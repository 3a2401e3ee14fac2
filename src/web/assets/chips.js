// Lists of words as chips, in place of a text with commas.

/**
 * Shows a list as chips that can be taken out, with a field to add one; the text field stays what is sent.
 * @param {HTMLInputElement} input
 * @param {Set<string>} own
 * @param {() => void} changed
 */
export function chipsOf(input, own, changed) {
  if (input.dataset['chips'] === 'yes') return
  input.dataset['chips'] = 'yes'
  const name = input.dataset['list'] ?? 'word'
  const box = document.createElement('div')
  box.className = 'chips'
  const list = document.createElement('ul')
  const adder = document.createElement('input')
  adder.type = 'text'
  adder.id = input.id
  adder.autocomplete = 'off'
  adder.placeholder = 'add one'
  for (const attribute of ['aria-describedby', 'aria-invalid']) {
    const value = input.getAttribute(attribute)
    if (value !== null) adder.setAttribute(attribute, value)
  }
  input.id = `${input.id}-text`
  input.type = 'hidden'
  input.after(box)
  box.append(list, adder)

  const values = () =>
    input.value
      .split(/,\s+|,$|[;\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
  /** @param {string[]} next */
  const take = (next) => {
    input.value = [...new Set(next)].join(', ')
    own.add(input.name)
    draw()
    changed()
  }
  const addTyped = () => {
    const typed = adder.value
      .split(/,\s+|,$|[;\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
    adder.value = ''
    if (typed.length > 0) take([...values(), ...typed])
  }
  adder.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      addTyped()
    } else if (event.key === 'Backspace' && adder.value === '') take(values().slice(0, -1))
  })
  adder.addEventListener('blur', addTyped)
  function draw() {
    list.replaceChildren(
      ...values().map((value) => {
        const item = document.createElement('li')
        const text = document.createElement('span')
        text.textContent = value
        const out = document.createElement('button')
        out.type = 'button'
        out.textContent = '×'
        out.setAttribute('aria-label', `Take ${value} out of ${name}`)
        out.addEventListener('click', () => {
          take(values().filter((one) => one !== value))
          adder.focus()
        })
        item.append(text, out)
        return item
      }),
    )
  }
  draw()
}
