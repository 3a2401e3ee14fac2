/** How the percolator's vocabulary names what is not a plain word; no normal form holds these marks. */
export const prefixKey = (prefix: string): string => `${prefix}${starSign}`
export const domainKey = (domain: string): string => `outlet:${domain}`
export const outletNameTerm = (name: string): string => `@${name}`
/** Two words standing side by side in one sentence: rarer than either. */
export const pairKey = (first: string, second: string): string => `${first} ${second}`
export const isPair = (key: string): boolean => key.includes(' ')

/** What a prefix's key ends in; the same as a UTF-16 unit, for hashing it letter by letter. */
export const starSign = '*'
export const starUnit = 0x2a
