/** The one style sheet of all pages: light and dark, and A4 when printed. Inline, so that pages need nothing else. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2530; --soft: #5a6675; --paper: #fbfbfa; --card: #ffffff; --rule: #d9dee4;
  --accent: #1d5a96; --high: #a61b1b; --medium: #9a4b00; --low: #6b5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #a3adb8; --paper: #14181d; --card: #1b2127; --rule: #343d47;
  --accent: #8fc1f0; --high: #ff9b94; --medium: #ffb870; --low: #e8d36b; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; font-size: 16px }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; border-bottom: 1px solid var(--rule) }
header .name { font-weight: 700; color: inherit; text-decoration: none; font-size: 1.1rem } nav a { margin-right: 1rem }
footer { border-top: 1px solid var(--rule); color: var(--soft); font-size: .875rem; margin-top: 2rem }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .75rem 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem } p { margin: .25rem 0 } a { color: var(--accent) }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.en { color: var(--soft); font-size: .85em; font-weight: 400 } .soft { color: var(--soft) } .notice { border-left: 4px solid var(--medium); padding: .5rem .75rem; background: var(--card) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem; margin: 0; padding: 0 }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem 1rem }
.tile dt { color: var(--soft); font-size: .875rem } .tile dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }
.tile dd.parts { font-size: .9rem; color: var(--soft) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; background: var(--card); font-size: .93rem }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: .25rem 0 }
th, td { border: 1px solid var(--rule); padding: .35rem .6rem; text-align: left; vertical-align: top }
th { font-weight: 600; white-space: nowrap } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
code, .code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere }
.sev { white-space: nowrap; font-weight: 600 } .sev-1 { color: var(--high) } .sev-2 { color: var(--medium) } .sev-3 { color: var(--low) }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 }
.plain { list-style: none; padding-left: 0 } .nowrap { white-space: nowrap }
.api table { table-layout: fixed; min-width: 44rem } .api th:nth-child(1) { width: 8% }
.api th:nth-child(2) { width: 30% } .api th:nth-child(3) { width: 37% }
.why { color: var(--soft); font-size: .85em } .claim { margin-top: .75rem }
.lines table { table-layout: fixed; min-width: 54rem } .lines th, .lines td { overflow-wrap: anywhere }
.lines th:nth-child(1) { width: 14% } .lines th:nth-child(2) { width: 30% } .lines th:nth-child(3) { width: 12% } .lines th:nth-child(4) { width: 15% }
.lines th:nth-child(5) { width: 8% } .lines th:nth-child(6) { width: 10% } .lines th:nth-child(7) { width: 11% }
.lead { font-size: 1.1rem } .sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; margin-top: 2rem } .sign div { border-top: 1px solid var(--ink); padding-top: .25rem }
@page { size: A4; margin: 16mm 14mm }
@media print { :root { --ink: #000; --soft: #333; --paper: #fff; --card: #fff; --rule: #888; --accent: #000; --high: #000; --medium: #000; --low: #000 }
  body { font-size: 10.5pt; font-family: "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif } header, main, footer { max-width: none; padding: 0 }
  nav, .screen { display: none } h2, h3, caption, .claim { break-after: avoid } .annex { break-before: page }
  th { white-space: normal } .lines table { min-width: 0; font-size: 8.5pt } tr, .keep { break-inside: avoid }
  thead { display: table-header-group } a { text-decoration: none } .scroll { overflow: visible } }
`
