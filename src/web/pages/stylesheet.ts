/** The stylesheet of all pages. Colours are tokens, light and dark; everything works without scripts. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f7f6f3; --card: #ffffff; --line: #e4e1da; --ink: #1d1f23; --soft: #5a5f68;
  --link: #1d4f91; --warn: #93370d; --warn-tint: #fdf0e4;
  --open: #565d68; --open-tint: #eff0f2;
  --rumoured: #6b3fb5; --rumoured-tint: #f2ecfb;
  --announced: #1a56b0; --announced-tint: #e9f1fc;
  --delayed: #8a4b00; --delayed-tint: #fcf1de;
  --happened: #146c43; --happened-tint: #e6f4ec;
  --cancelled: #a32b26; --cancelled-tint: #fbebe9;
  --shadow: 0 1px 2px rgb(30 30 20 / 5%), 0 6px 20px rgb(30 30 20 / 4%);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  --serif: "Iowan Old Style", Charter, "Bitstream Charter", "Source Serif 4", Georgia, "Noto Serif", "DejaVu Serif", serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121417; --card: #1a1d21; --line: #2d3138; --ink: #e9e8e4; --soft: #a2a8b2;
    --link: #8fbcf5; --warn: #f3a66b; --warn-tint: #35241a;
    --open: #b3bac5; --open-tint: #272b31;
    --rumoured: #c3a6f5; --rumoured-tint: #2b2338;
    --announced: #8fbcf5; --announced-tint: #1b2a3e;
    --delayed: #f0bd6b; --delayed-tint: #332816;
    --happened: #7fd3a5; --happened-tint: #182d22;
    --cancelled: #f2938c; --cancelled-tint: #371f1e;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 78rem; padding: 0 clamp(1rem, 4vw, 3rem) 4rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: break-word; }
p, h1, h2, ul, ol, figure, blockquote { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--link); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 3px; }
svg { flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

.top { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; align-items: center;
  padding: 1.5rem 0; }
.name { display: inline-flex; gap: 0.55rem; align-items: center; color: var(--ink); font-weight: 650;
  letter-spacing: -0.01em; text-decoration: none; }
.aside { color: var(--soft); font-size: 0.875rem; }
h1 { margin: 1.25rem 0 1.5rem; font-size: clamp(1.5rem, 1.2rem + 1.2vw, 2rem); line-height: 1.2; font-weight: 640;
  letter-spacing: -0.022em; text-wrap: balance; }

.board { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; }
.card { --tone: var(--open); --tint: var(--open-tint); display: flex; flex-direction: column; gap: 0.85rem;
  padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); }
.board:has(details[open]) { align-items: start; }
.card:target { border-color: var(--tone); box-shadow: 0 0 0 1px var(--tone); }
.open { --tone: var(--open); --tint: var(--open-tint); }
.rumoured { --tone: var(--rumoured); --tint: var(--rumoured-tint); }
.announced { --tone: var(--announced); --tint: var(--announced-tint); }
.delayed { --tone: var(--delayed); --tint: var(--delayed-tint); }
.happened { --tone: var(--happened); --tint: var(--happened-tint); }
.cancelled { --tone: var(--cancelled); --tint: var(--cancelled-tint); }

.standing { display: flex; flex-wrap: wrap; gap: 0.4rem 0.75rem; align-items: center; font-size: 0.875rem; }
.badge { display: inline-flex; gap: 0.4rem; align-items: center; padding: 0.2rem 0.7rem 0.2rem 0.55rem;
  border-radius: 99px; background: var(--tint); color: var(--tone); font-weight: 620; }
.badge .icon { width: 0.95rem; height: 0.95rem; stroke-width: 2; }
.since, .others { color: var(--soft); }
.card h2 { font-size: 1.25rem; line-height: 1.32; font-weight: 620; letter-spacing: -0.013em; text-wrap: balance; }

.marks { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; font-size: 0.9375rem; color: var(--soft); }
.marks li { display: inline-flex; gap: 0.35rem; align-items: center; }
.marks strong { color: var(--ink); font-weight: 600; }
.marks .warning { color: var(--warn); font-weight: 600; }
.slippage { display: flex; flex-wrap: wrap; gap: 0.15rem 0; font-size: 0.9375rem; color: var(--soft); }
.slippage li { display: inline-flex; }
.slippage li:not(:last-child)::after { content: "\\2192"; content: "\\2192" / ""; margin: 0 0.5rem; }
.slippage strong { color: var(--tone); font-weight: 620; }

.quote { display: grid; gap: 0.5rem; padding-left: 1rem; border-left: 3px solid var(--tone); }
.quote blockquote { font: 1.0625rem/1.5 var(--serif); text-wrap: pretty; }
.quote blockquote::before { content: "\\201C"; content: "\\201C" / ""; }
.quote blockquote::after { content: "\\201D"; content: "\\201D" / ""; }
figcaption { display: flex; flex-wrap: wrap; gap: 0 0.5rem; font-size: 0.875rem; color: var(--soft); }
figcaption > * + *::before { content: "\\B7"; content: "\\B7" / ""; margin-right: 0.5rem; }
.others { font-size: 0.875rem; margin-top: -0.35rem; padding-left: calc(1rem + 3px); }

.card footer { display: grid; gap: 0.5rem; margin-top: auto; padding-top: 0.85rem; border-top: 1px solid var(--line);
  font-size: 0.875rem; color: var(--soft); }
summary { width: max-content; cursor: pointer; color: var(--link); }
summary:hover { text-decoration: underline; text-underline-offset: 0.2em; }
.history { display: grid; gap: 1rem; margin-top: 0.85rem; }
.history li { display: grid; grid-template-columns: 6.2rem 1fr; gap: 0 0.75rem; }
.history time { font-variant-numeric: tabular-nums; }
.rejected { color: var(--warn); font-weight: 600; }
.history .title { color: var(--tone); font-weight: 620; }

.feeds { margin-top: 3.5rem; padding-top: 1.75rem; border-top: 1px solid var(--line); }
.feeds h2 { font-size: 1.25rem; letter-spacing: -0.013em; font-weight: 620; }
.headline { margin-top: 0.25rem; color: var(--soft); }
.strip { display: flex; flex-wrap: wrap; gap: 4px; margin: 1rem 0 0; }
.strip i { width: 10px; height: 22px; border-radius: 3px; background: var(--open); opacity: 0.45; }
.strip .healthy { background: var(--happened); opacity: 1; }
.strip .failing { background: var(--warn); opacity: 1; }
.groups { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.5rem 2.5rem;
  margin-top: 1.5rem; font-size: 0.9375rem; }
.who { font-weight: 620; }
.when, .url { color: var(--soft); font-size: 0.875rem; }
.url { overflow-wrap: anywhere; }
.groups details { margin-top: 0.35rem; font-size: 0.875rem; }
.groups details li { display: grid; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
.nothing { color: var(--soft); }
.act { --tone: var(--open); display: grid; gap: 1rem; max-width: 42rem; }
.act .about { font-size: 1.125rem; font-weight: 620; }
.act form { display: grid; gap: 1rem; justify-items: start; }
fieldset label { display: flex; gap: 0.5rem; align-items: center; min-height: 2.75rem; }
fieldset { display: grid; margin: 0; padding: 0; border: 0; }
legend { margin-bottom: 0.5rem; padding: 0; font-weight: 620; }
.note { display: grid; gap: 0.35rem; width: 100%; color: var(--soft); font-size: 0.9375rem; }
input[type="text"] { padding: 0.55rem 0.75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card);
  color: var(--ink); font: inherit; }
button { min-height: 2.75rem; padding: 0.5rem 1.25rem; border: 0; border-radius: 99px; background: var(--link);
  color: var(--page); font: inherit; font-weight: 620; cursor: pointer; }
code { font: 0.9em ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; color: var(--ink); }

@media (max-width: 40rem) {
  .card { padding: 1.15rem; border-radius: 12px; }
  .history li { grid-template-columns: 1fr; }
}
@media print {
  body { background: none; max-width: none; }
  .card { break-inside: avoid; box-shadow: none; }
  .board { display: block; }
  .card { margin-bottom: 1rem; }
}
`
