// What a question would have told, shown while the stored entries are looked through.
import { localTimes } from './times.js'

/**
 * @typedef {object} Line
 * @property {'looking' | 'judging' | 'done' | 'invalid' | 'failed'} kind
 * @property {number} [done]
 * @property {number} [total]
 * @property {string} [text]
 * @property {string[]} [items]
 * @property {string} [html]
 * @property {Record<string, string>} [faults]
 */

/**
 * Asks for the preview of what the form says, and shows it as it comes.
 * @param {HTMLFormElement} form
 */
export function previewOf(form) {
  const section = document.querySelector('#preview')
  const progress = document.querySelector('#preview-progress')
  const bar = document.querySelector('#preview-bar')
  const found = document.querySelector('#preview-found')
  const result = document.querySelector('#preview-result')
  /** @type {AbortController | null} */
  let running = null

  return () => {
    running?.abort()
    running = new AbortController()
    run(running.signal).catch((error) => {
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        say('The preview could not be made. The question can be watched all the same.')
    })
  }

  /** @param {AbortSignal} signal */
  async function run(signal) {
    if (!(section instanceof HTMLElement)) return
    section.hidden = false
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && name !== 'feed') query.append(name, value)
    const answer = await fetch(`/items/preview?${query}`, { signal })
    if (!answer.ok || answer.body === null) throw new Error(`the preview answered ${answer.status}`)
    show([], [])
    let items = /** @type {string[]} */ ([])
    let changes = /** @type {string[]} */ ([])
    for await (const line of linesOf(answer.body)) {
      if (line.kind === 'looking') items = [...items, ...(line.items ?? [])].slice(0, 8)
      if (line.kind === 'judging') changes = [...(line.items ?? []).reverse(), ...changes].slice(0, 40)
      take(line, items, changes)
    }
  }

  /**
   * @param {Line} line
   * @param {string[]} items
   * @param {string[]} changes
   */
  function take(line, items, changes) {
    if (bar instanceof HTMLProgressElement) {
      bar.hidden = line.kind !== 'looking' && line.kind !== 'judging'
      bar.max = Math.max(1, line.total ?? 1)
      bar.value = line.done ?? 0
    }
    if (line.kind === 'invalid') {
      say(Object.values(line.faults ?? {}).join(' '))
      return
    }
    if (line.kind === 'failed') {
      say('The preview broke off. The question can be watched all the same.')
      return
    }
    say(line.text ?? '')
    if (line.kind === 'done') {
      show([], [])
      if (result !== null) result.innerHTML = line.html ?? ''
      if (result !== null) localTimes(result)
    } else show(items, changes)
  }

  /**
   * @param {string[]} items
   * @param {string[]} changes
   */
  function show(items, changes) {
    if (found instanceof HTMLElement) {
      found.innerHTML = changes.length > 0 ? '' : items.join('')
      localTimes(found)
    }
    if (result !== null && (changes.length > 0 || items.length > 0)) {
      result.innerHTML = changes.length > 0 ? `<ol class="changes">${changes.join('')}</ol>` : ''
      localTimes(result)
    }
  }

  /** @param {string} text */
  function say(text) {
    if (progress !== null) progress.textContent = text
  }
}

/**
 * The lines of a stream of JSON.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<Line>}
 */
async function* linesOf(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield /** @type {Line} */ (JSON.parse(line))
    if (done) return
  }
}
