// While somebody writes a question: proposes the rest, and shows what the question would have told. The page works without.
import { chipsOf } from './chips.js'
import { previewOf } from './preview.js'
import { localTimes } from './times.js'

/** After so many milliseconds without a key, what was typed is taken up. */
const pause = 450

const form = document.querySelector('form.ask')
if (form instanceof HTMLFormElement) begin(form)

/** @param {HTMLFormElement} form */
function begin(form) {
  const isNew = form.id === 'new-item'
  const question = field(form, 'question')
  const proposal = document.querySelector('#proposal')
  document.documentElement.classList.add('live')
  /** @type {AbortController | null} */
  let proposing = null
  /** What the user wrote over a proposal: it stays when the question changes. */
  /** @type {Set<string>} */
  const own = new Set()
  const preview = previewOf(form)
  const soon = later(preview)
  const proposeSoon = later(() => void propose())

  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
    if (isNew && target === question) return proposeSoon()
    if (target.closest('.chips') !== null || target.name === 'feed' || target.name === '') return
    own.add(target.name)
    soon()
  })
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement) {
      own.add(target.name)
      soon()
    }
  })
  form.addEventListener('submit', (event) => {
    // Enter in the question asks for proposals; only the button puts it under watch
    if (form.dataset['live'] !== 'empty') return
    event.preventDefault()
    void propose()
  })
  if (question !== null && isNew)
    question.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      void propose()
    })
  for (const list of lists(form)) chipsOf(list, own, soon)
  if (form.dataset['live'] === 'asked' && document.querySelector('.previewed') === null) preview()

  async function propose() {
    if (question === null || !(proposal instanceof HTMLElement) || question.value.trim().length < 6) return
    proposing?.abort()
    proposing = new AbortController()
    try {
      const answer = await fetch(`/items/propose?${new URLSearchParams({ question: question.value })}`, {
        signal: proposing.signal,
      })
      if (answer.status !== 200) return
      const kept = valuesOf(form, own)
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : ''
      proposal.innerHTML = await answer.text()
      const asked = document.querySelector('#asked')
      if (asked instanceof HTMLElement) asked.hidden = false
      for (const [name, value] of kept) {
        const one = field(form, name)
        if (one !== null) one.value = value
      }
      for (const list of lists(form)) chipsOf(list, own, soon)
      if (focused !== '' && focused !== 'question') document.getElementById(focused)?.focus()
      form.dataset['live'] = 'asked'
      form.method = 'post'
      const next = form.querySelector('.next')
      if (next instanceof HTMLElement) next.hidden = true
      localTimes(proposal)
      preview()
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  // by its name alone: form.elements knows fields by their ids, too, and chips have theirs
  const found = form.querySelector(`input[name="${name}"]`)
  return found instanceof HTMLInputElement ? found : null
}

/**
 * @param {HTMLFormElement} form
 * @param {Set<string>} own
 * @returns {[string, string][]}
 */
function valuesOf(form, own) {
  return [...own].flatMap((name) => {
    const one = field(form, name)
    return one === null || one.type === 'radio' ? [] : [/** @type {[string, string]} */ ([name, one.value])]
  })
}

/**
 * Calls what is given when nothing has happened for a while.
 * @param {() => void} act
 */
function later(act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  return () => {
    clearTimeout(timer)
    timer = setTimeout(act, pause)
  }
}

/** @param {HTMLFormElement} form */
function lists(form) {
  return [...form.querySelectorAll('input[data-list]')].filter((one) => one instanceof HTMLInputElement)
}
