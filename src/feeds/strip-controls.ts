// eslint-disable-next-line no-control-regex -- finding them is the point
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

/** True for text that has characters which `strip` takes out or replaces; hardly any has. */
export function hasControls(text: string): boolean {
  // unlike `test`, it keeps no place in the text
  return text.search(unwanted) >= 0
}

/** What windows-1252 has where Unicode has its second row of control characters (U+0080 to U+009F). */
const windows1252 =
  '\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0' +
  '\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178'

/** The character that a number from 128 to 159 is meant to be; '' when it is none. */
export function meant(code: number): string {
  const found = windows1252[code - 0x80] ?? '\0'
  return found === '\0' ? '' : found
}

/** The text without control characters; those of the second row become what windows-1252 has there, as browsers do. */
export function strip(text: string): string {
  return text.replace(unwanted, (character) => meant(character.charCodeAt(0)))
}
