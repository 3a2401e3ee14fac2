import { parse } from 'tldts'
import { fold } from './normal-form.ts'

/** Top-level domains that are a company's own name. */
const brandDomains = new Set(
  'google youtube android gmail microsoft azure bing windows xbox apple amazon aws audible netflix bbc sony samsung bmw audi ibm intel nokia oracle sap'.split(
    ' ',
  ),
)

/** Labels that name a part of a site, not its owner. */
const siteParts = new Set(
  'www m en de fr blog blogs news about developer developers docs support press newsroom'.split(' '),
)

/** The form in which an alias and an outlet's name are compared: letters and digits only ("Hugging Face": "huggingface"). */
export const outletNameKey = (name: string): string =>
  fold(name)
    .replace(/'s$/, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * The names of an outlet's owner in its domain: openai.com gives "openai", deepmind.google "deepmind" and "google",
 * red-hat.com "redhat", "red" and "hat".
 */
export const outletNames = (outlet: string): readonly string[] => {
  const { hostname, publicSuffix } = parse(outlet)
  if (hostname === null) return []
  const suffix = publicSuffix ?? ''
  const labels = hostname
    .slice(0, suffix === '' ? undefined : -suffix.length - 1)
    .split('.')
    .filter((label) => label !== '' && !siteParts.has(label))
  const brand = brandDomains.has(suffix) ? [suffix] : []
  const words = [...labels, ...brand].flatMap((label) => [label, ...label.split('-')])
  return [...new Set(words.map(outletNameKey))].filter((word) => word.length > 1)
}

/** The outlet's domain and those above it, for `outlet:` ("tech.slashdot.org", "slashdot.org", "org"). */
export const outletDomains = (outlet: string): readonly string[] => {
  const labels = outlet.toLowerCase().replace(/\.$/, '').split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}
