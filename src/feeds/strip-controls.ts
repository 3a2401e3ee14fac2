// eslint-disable-next-line no-control-regex -- finding them is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g

/** The text without the control characters that no feed format allows. */
export function strip(text: string): string {
  return text.replace(controls, '')
}
