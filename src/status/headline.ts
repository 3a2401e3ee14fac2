import type { SeenEntry } from '../matching/entry.ts'

const shows = /^(?:show|ask|tell|launch) hn\b/iu
const oldYear = /[[(](19\d\d|20\d\d)[\])](?:\s*\[\w+\])?\s*$/u
const jokes = /\b(?:april fools?|satire|satirical|parody|hoax|fan[- ]made|what if|mock-?up)\b/iu
const backward =
  /\b(?:anniversary|(?:\d+|two|three|five|ten|twenty|a few|several) years ago|turns \d+|retrospective|looking back|a look back|history of|remembering|revisit(?:ed|ing)|rewind|in hindsight)\b/iu
const formats =
  /^(?:review|hands[- ]on|opinion|op-ed|podcast|interview|how[- ]to|guide|deal|deals|video|watch|poll|quiz|comment|editorial|analysis|explainer|explained|ama|til|psa|newsletter|weekly|this week in)\b\s*[:|–—-]/iu

/** Words that say of what follows that it is not so. */
export const denials =
  /\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|debunk(?:s|ed|ing)?|(?:dismiss|reject|shoot|shot|quash|downplay)(?:es|s|ed)?(?: down)?(?: \w+){0,2} (?:reports?|rumou?rs?|claims?|speculation))\b/u

/** Why a whole entry states nothing, judged by its headline; null where it may. */
export function passOver(entry: SeenEntry, official: boolean): string | null {
  const { title } = entry
  const old = oldYear.exec(title)
  if (old && Number(old[1]) < entry.at.getUTCFullYear()) return `an old text (${old[1] ?? ''})`
  if (shows.test(title) && !official) return 'somebody shows or asks something'
  if (jokes.test(title)) return 'a joke or an invention'
  if (backward.test(title) || (!official && /\bpost[- ]?mortem\b/iu.test(title))) return 'a look back'
  if (formats.test(title)) return 'a review, an opinion or a guide'
  return null
}

/** Whether a headline asks, explains or teaches instead of telling. */
export function asksOrTeaches(sentence: string): boolean {
  return (
    /\?["'”’)\]]*$/u.test(sentence) ||
    /^["'“‘]?(?:how|why|what|where|who|which|whose|can|could|should|would|is|are|does|do|did|will|has|have|when)\b/iu.test(
      sentence,
    ) ||
    /^["'“‘]?(?:\d+|three|four|five|six|seven|eight|nine|ten|the best|best|top \d+)\s+(?:\w+\s+){0,3}(?:ways|things|reasons|tips|tricks|questions|lessons|takeaways|features|alternatives|apps|tools)\b/iu.test(
      sentence,
    )
  )
}
