/**
 * The same text as a string of its own, for what is kept for long: V8 makes what is cut out of a text a view of it, which
 * keeps all of that text in memory, a whole feed for the name of its outlet.
 */
export const ownString = (text: string): string => ` ${text}`.slice(1)
