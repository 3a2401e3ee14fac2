/** How each is to be written, by what stands before its colon. */
const forms: Readonly<Record<string, string>> = {
  github: 'github:owner/name',
  hf: 'hf:organisation',
  huggingface: 'hf:organisation',
  news: 'news:words',
  hn: 'hn:words',
  arxiv: 'arxiv:words',
  youtube: 'youtube:@channel',
  yt: 'youtube:@channel',
  reddit: 'r/subreddit',
}

/** The shorthands for feeds, as people are told of them. */
const shorthandForms = [...new Set(Object.values(forms))].join(', ')

/** How to write what was pasted and is neither an address nor a shorthand. */
export function howToWrite(pasted: string): string {
  const form = forms[/^\s*([a-z]+):/i.exec(pasted)?.[1]?.toLowerCase() ?? '']
  if (form !== undefined) return `write it as ${form}`
  return `write an address in full, with https:// (or http://) in front, or a shorthand: ${shorthandForms}`
}
