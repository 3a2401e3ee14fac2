import { isText, type AnyNode, type Document, type Element } from 'domhandler'

/** More of an element is not looked at, in nodes: pages may nest without end. */
const mostNodes = 5000

const unread = new Set(['script', 'style', 'template', 'noscript'])
const blocks =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|table|td|th|time|tr|ul)$/

/** Whether a node is an element: scripts and styles are of types of their own. */
export function isElement(node: AnyNode): node is Element {
  return 'attribs' in node
}

/** What is inside an element in the order of the page, itself left out; `null` stands for the end of a block. */
function* walk(within: Document | Element): Generator<AnyNode | null> {
  const waiting: (AnyNode | null)[] = within.children.toReversed()
  for (let count = 0; count < mostNodes; count++) {
    const node = waiting.pop()
    if (node === undefined) return
    yield node
    if (node === null || !('children' in node) || (isElement(node) && unread.has(node.name))) continue
    if (isElement(node) && blocks.test(node.name)) waiting.push(null)
    for (const child of node.children.toReversed()) waiting.push(child)
  }
}

/** The nodes inside an element in the order of the page, the first 5,000 of them. */
export function* insideOf(within: Document | Element): Generator<AnyNode> {
  for (const node of walk(within)) if (node !== null) yield node
}

/** What an element says, each block on a line of its own. */
export function textOf(element: Element): string {
  let text = ''
  for (const node of walk(element)) {
    if (node === null || (isElement(node) && blocks.test(node.name))) text += '\n'
    else if (isText(node)) text += node.data.replace(/\s+/g, ' ')
  }
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}

/** What an element says on one line. */
export function lineOf(element: Element): string {
  return textOf(element).replaceAll('\n', ' ')
}
