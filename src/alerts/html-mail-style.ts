import { toneColours, tones, type Tone } from './tone.ts'

const sans = "-apple-system, system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
const serif = "Charter, 'Iowan Old Style', Georgia, 'Noto Serif', 'DejaVu Serif', serif"
const button =
  'display: inline-block; margin: 0 6px 8px 0; padding: 8px 12px; border-radius: 8px; font-size: 14px; line-height: 20px; text-decoration: none;'

/** Styles by day, written into the elements because many mail readers drop what stands in the head. */
export const mailStyle = {
  body: `margin: 0; padding: 0; background: #f7f6f3; color: #1d1f23; font: 16px/1.5 ${sans}; -webkit-text-size-adjust: 100%;`,
  preview: 'display: none; max-height: 0; overflow: hidden;',
  frame: 'max-width: 600px; margin: 0 auto; padding: 20px 12px 32px; overflow-wrap: anywhere;',
  heading: 'margin: 4px 4px 18px; font-size: 22px; line-height: 1.25; font-weight: 600; color: #1d1f23;',
  topic: 'margin: 26px 4px 10px; font-size: 14px; line-height: 1.4; font-weight: 600; color: #5a5f68;',
  card: 'margin: 0 0 14px; padding: 20px 20px 14px; background: #ffffff; border: 1px solid #e4e1da; border-radius: 12px;',
  standing: 'margin: 0 0 8px; font-size: 14px; line-height: 1.5;',
  when: 'color: #5a5f68; white-space: nowrap;',
  question: 'margin: 0 0 12px; font-size: 20px; line-height: 1.3; font-weight: 600; color: #1d1f23;',
  again: 'margin: 0 0 10px; font-size: 15px; line-height: 1.4; font-weight: 600; color: #1d1f23;',
  text: 'margin: 0 0 14px; font-size: 15px;',
  slippage: 'margin: 0 0 14px; font-size: 15px; color: #5a5f68;',
  said: `margin: 0 0 6px; font: 17px/1.5 ${serif}; color: #1d1f23;`,
  source: 'margin: 0; font-size: 14px; color: #5a5f68;',
  link: 'color: #1d4f91; text-decoration: underline;',
  latest: 'font-weight: 600; color: #1d1f23;',
  details: 'margin: 0 0 14px; padding: 0 0 0 18px; font-size: 14px; color: #5a5f68;',
  detail: 'margin: 0 0 4px;',
  links: 'margin: 18px 0 0;',
  mainButton: `${button} background: #1d4f91; border: 1px solid #1d4f91; color: #ffffff; font-weight: 600;`,
  button: `${button} background: #ffffff; border: 1px solid #cfcbc2; color: #1d1f23;`,
  more: 'margin: 0 4px 14px; font-size: 15px; color: #5a5f68;',
  foot: 'margin: 22px 4px 0; font-size: 13px; color: #5a5f68;',
  footLink: 'color: #5a5f68; text-decoration: underline;',
} as const

/** The pill that says what moved, in its tone. */
export function badgeStyle(tone: Tone): string {
  const { ink, paper } = toneColours[tone]
  return `display: inline-block; margin: 0 6px 4px 0; padding: 3px 12px; border-radius: 14px; font-weight: 600; background: ${paper}; color: ${ink};`
}

/** The edge of a quote, in the tone of its alert. */
export function quoteStyle(tone: Tone): string {
  return `margin: 0 0 14px; padding: 0 0 0 14px; border-left: 3px solid ${toneColours[tone].ink};`
}

/** Styles by night, for the mail readers that know them. They win over what stands in the elements. */
export const nightStyle = [
  ':root { color-scheme: light dark; supported-color-schemes: light dark; }',
  '@media (prefers-color-scheme: dark) {',
  '.ow-page { background: #121417 !important; color: #e9e8e4 !important; }',
  '.ow-card { background: #1a1d21 !important; border-color: #2d3138 !important; }',
  '.ow-ink { color: #e9e8e4 !important; }',
  '.ow-soft { color: #a2a8b2 !important; }',
  '.ow-link { color: #8fbcf5 !important; }',
  '.ow-main { background: #8fbcf5 !important; border-color: #8fbcf5 !important; color: #10213a !important; }',
  '.ow-button { background: #1a1d21 !important; border-color: #464c56 !important; color: #e9e8e4 !important; }',
  ...tones.flatMap((tone) => {
    const { nightInk, nightPaper } = toneColours[tone]
    return [
      `.ow-${tone} { background: ${nightPaper} !important; color: ${nightInk} !important; }`,
      `.ow-${tone}-edge { border-color: ${nightInk} !important; }`,
    ]
  }),
  '}',
].join('\n')
