// The board without loading it anew: what changed is swapped in place, and filters apply while they are typed.

const newsElement = document.getElementById('board_news')

/** What is shown: its address, and the version that its page said it is of. */
let shown = location.pathname + location.search
let loading = new AbortController()

/** @returns {HTMLElement | null} */
function board() {
  return document.getElementById('the_board')
}

/**
 * Fetches the board at an address and puts what differs in place.
 * @param {string} address
 */
async function load(address) {
  loading.abort()
  loading = new AbortController()
  const answer = await fetch(address, { signal: loading.signal, headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  shown = address
  const { localTimes } = await import(timesModule())
  localTimes(page)
  const news = board() === null || page.getElementById('the_board') === null ? null : newsOf(page)
  keepingFocus(() => {
    document.title = page.title
    for (const id of ['board_title', 'as_of', 'feeds_section']) swap(id, page)
    swapFilters(page)
    swapBoard(page)
  })
  if (newsElement !== null && news !== null && news !== '') newsElement.textContent = news
}

/** The module of times.js as the page named it. */
function timesModule() {
  return document.querySelector('script[src*="/times.js"]')?.getAttribute('src') ?? '/assets/times.js'
}

/**
 * @param {string} id
 * @param {Document} page
 */
function swap(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)]
  if (old !== null && fresh !== null && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh)
}

/**
 * The chips are swapped, the form is left alone: somebody may be typing in it.
 * @param {Document} page
 */
function swapFilters(page) {
  const [old, fresh] = [document, page].map((root) => root.querySelector('#board_filters .status-ways'))
  if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh)
  const [form, wanted] = [document, page].map((root) => root.querySelector('#board_form'))
  const [had, has] = [form, wanted].map((one) => one?.querySelector('[name=status]') ?? null)
  if (had && !has) had.remove()
  if (has && form) {
    had?.remove()
    form.append(has)
  }
}

/**
 * Where the same questions stand in the same order, those that changed are swapped; else all is laid out anew, with what
 * did not change kept as it is.
 * @param {Document} page
 */
function swapBoard(page) {
  const [old, fresh] = [board(), page.getElementById('the_board')]
  if (old === null || fresh === null) {
    // from nothing to the first question, or back
    if (old !== fresh) location.reload()
    return
  }
  old.dataset['version'] = fresh.dataset['version'] ?? ''
  const isSameOrder = layoutOf(old) === layoutOf(fresh)
  for (const card of fresh.querySelectorAll('[data-rev]')) {
    const known = document.getElementById(card.id)
    const isKnown = known?.getAttribute('data-rev') === card.getAttribute('data-rev')
    if (known === null) continue
    if (isSameOrder && !isKnown) known.replaceWith(marked(card))
    else if (!isSameOrder && isKnown && known.className === card.className) card.replaceWith(known)
    else if (!isSameOrder) marked(card)
  }
  if (!isSameOrder) old.replaceChildren(...fresh.childNodes)
}

/**
 * Shows for a moment that a question moved.
 * @param {Element} card
 */
function marked(card) {
  card.classList.add('fresh')
  return card
}

/** @param {HTMLElement} root */
function layoutOf(root) {
  return [...root.querySelectorAll('section, [data-rev]')]
    .map((one) =>
      one.matches('section') ? one.getAttribute('aria-labelledby') : `${one.id} ${one.classList[0]}`,
    )
    .join('\n')
}

/**
 * Which questions stand otherwise now, in words. Nothing where another filter was chosen: that is what was asked for.
 * @param {Document} page
 */
function newsOf(page) {
  const said = []
  for (const card of page.querySelectorAll('#the_board [data-rev]')) {
    const known = document.getElementById(card.id)
    if (known === null || known.classList[1] === card.classList[1]) continue
    said.push(`${card.querySelector('h3')?.textContent ?? card.id} Now ${card.classList[1]}.`)
  }
  return said.join(' ')
}

/**
 * Does something to the page; who was in a question is in it again afterwards.
 * @param {() => void} change
 */
function keepingFocus(change) {
  const focused = document.activeElement
  const card = focused?.closest('[data-rev]')
  const place = card ? [...card.querySelectorAll('a, summary, button')].indexOf(focused ?? card) : -1
  const chip = focused?.closest('.status-ways') ? focused.getAttribute('href') : null
  change()
  if (focused?.isConnected && document.activeElement === focused) return
  const again = card ? document.getElementById(card.id)?.querySelectorAll('a, summary, button')[place] : null
  const target =
    again ??
    (chip === null
      ? null
      : [...document.querySelectorAll('.status-ways a')].find((link) => link.getAttribute('href') === chip))
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}

/** @param {string} address */
function show(address) {
  load(address).then(
    () => history.replaceState(null, '', address),
    (/** @type {unknown} */ fault) => {
      if (!(fault instanceof Error && fault.name === 'AbortError')) location.assign(address)
    },
  )
}

/** @param {HTMLFormElement} form */
function addressOf(form) {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') query.set(name, value)
  return query.size === 0 ? '/' : `/?${query}`
}

const form = document.getElementById('board_form')
if (form instanceof HTMLFormElement) {
  let typing = 0
  form.addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(() => show(addressOf(form)), 200)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    clearTimeout(typing)
    show(addressOf(form))
  })
}
document.getElementById('board_filters')?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('.status-ways a') : null
  const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) && event.button === 0
  if (link === null || !isPlain) return
  event.preventDefault()
  show(link.getAttribute('href') ?? '/')
})

/** @type {EventSource | null} */
let source = null

/** Listens while the page is seen: browsers keep few connections to one host, and each tab would take one. */
function listen() {
  if (document.hidden) {
    source?.close()
    source = null
    return
  }
  if (source !== null) return
  source = new EventSource('/events')
  source.addEventListener('board', (event) => {
    if (event.data === board()?.dataset['version']) return
    // not all who listen at once
    setTimeout(() => load(shown).catch(() => undefined), Math.random() * 300)
  })
}

document.addEventListener('visibilitychange', listen)
listen()
