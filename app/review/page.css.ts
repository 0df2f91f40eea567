// The style of the page: light, dark, and in print.

/** The style sheet of the page. */
export const PAGE_CSS = `
:root { color-scheme: light dark; --back: #fff; --text: #1c2127; --faint: #57606a; --line: #d0d7de;
  --head: #f3f5f7; --link: #0550ae; --path: #a40e26; --path-back: #fff0f0; --added: #116329; --arrow: #6e7781;
  --principal: #e6f0fb; --principal-line: #3b73b9; --identity: #fcf1d2; --identity-line: #94680a;
  --resource: #e4f4e7; --resource-line: #39804a; }
@media (prefers-color-scheme: dark) { :root { --back: #14181d; --text: #e4e8ec; --faint: #a0aab4; --line: #3a434d;
  --head: #1e242b; --link: #79b8ff; --path: #ff8f8f; --path-back: #33191c; --added: #7ee195; --arrow: #8b949e;
  --principal: #17304d; --principal-line: #6ba4e8; --identity: #3b3011; --identity-line: #d9ad45;
  --resource: #16331d; --resource-line: #63b577; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1.5rem 3rem; max-width: 100rem; background: var(--back); color: var(--text);
  font: 1rem/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; overflow-wrap: anywhere; }
.large section { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
p { margin: .3rem 0; } td p:first-child { margin-top: 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 2; padding: .4rem .8rem; background: var(--back); }
code, .code { font: .92em/1.45 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { margin: .3rem 0; white-space: pre-wrap; }
small { display: block; color: var(--faint); font-size: .85em; overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin: 0; }
.figures dt { color: var(--faint); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 1rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; padding: .6rem 0; margin: 1.2rem 0 .6rem; }
form[hidden] { display: none; }
form label { display: grid; gap: .15rem; font-size: .85rem; color: var(--faint); }
select, input, button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--faint);
  border-radius: 4px; padding: .3rem .5rem; min-height: 2.2rem; max-width: 15rem; color: var(--text); }
#decisions { display: block; padding: 0; }
fieldset { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: 0 0 1rem; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 4px; }
legend { font-weight: 600; padding: 0 .3rem; }
.choice { display: flex; gap: .3rem; align-items: center; min-height: 2.2rem; color: var(--text); } .choice input { min-height: 0; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; } .tools[hidden] { display: none; }
.origin { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
output { padding: .45rem 0; font-size: .9rem; min-height: 2.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
table.grants, table.rights, table.changes { table-layout: fixed; min-width: 58rem; }
table.plain { width: auto; } .plain td { min-width: 7rem; } .whole { white-space: nowrap; }
.grants th:nth-child(1) { width: 16%; } .grants th:nth-child(2) { width: 18%; } .grants th:nth-child(3) { width: 19%; }
.grants th:nth-child(4) { width: 8%; } .grants th:nth-child(5) { width: 19%; }
.rights th:nth-child(1) { width: 16%; } .rights th:nth-child(2) { width: 21%; } .rights th:nth-child(3) { width: 17%; }
.rights th:nth-child(4) { width: 22%; }
.changes th:nth-child(1) { width: 6.2rem; } .changes th:nth-child(5) { width: 40%; }
caption { text-align: left; color: var(--faint); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 400; }
thead th { font-weight: 600; background: var(--head); }
tbody tr:hover, tbody tr:focus-within { background: var(--head); }
tr.path > :first-child, .alert { border-left: 5px double var(--path); }
tr.path { background: var(--path-back); }
.alert { padding: .4rem .7rem; background: var(--path-back); font-weight: 600; }
.tag { display: inline-block; font-size: .8rem; font-weight: 600; color: var(--path); }
.quiet { color: var(--faint); }
.added th { color: var(--added); font-weight: 600; } .removed th { color: var(--path); font-weight: 600; }
.changed th { font-weight: 600; }
summary { cursor: pointer; padding: .1rem 0; }
td ul, article ul { margin: .2rem 0; padding-left: 1.1rem; }
.difference { margin: 0; } .difference dt { font-weight: 600; } .difference dd { margin: 0 0 .2rem .8rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 0 0 .5rem; padding: 0; list-style: none; font-size: .85rem; color: var(--faint); }
.key { display: inline-block; width: 1.9em; height: 1em; margin-right: .5em; vertical-align: -.1em; border: 1.5px solid; }
.key.principal { border-radius: 1em; background: var(--principal); border-color: var(--principal-line); }
.key.identity { border-radius: .35em; background: var(--identity); border-color: var(--identity-line); }
.key.role { border-radius: .25em; border-color: var(--arrow); }
.key.resource { background: var(--resource); border-color: var(--resource-line); }
.key.join, .key.more, .key.owned { height: 0; border: 0; border-top: 3px solid var(--arrow); vertical-align: .25em; }
.key.more { border-top: 3px dashed var(--path); } .key.owned { border-top: 2px dotted var(--arrow); }
.picture { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 4px; }
svg { display: block; margin: 0 auto; max-width: 100%; height: auto; font: 13px system-ui, "Segoe UI", Arial, sans-serif; fill: var(--text); }
svg text { text-anchor: middle; }
.node rect, .node path { stroke-width: 1.4; }
.node.principal > rect { fill: var(--principal); stroke: var(--principal-line); }
.node.identity > path { fill: var(--identity); stroke: var(--identity-line); }
.node.role > rect { fill: var(--back); stroke: var(--arrow); } .border { stroke: var(--arrow); }
.node.resource > rect { fill: var(--resource); stroke: var(--resource-line); }
.detail { font-size: 12.5px; fill: var(--faint); } .change { font-size: 12.5px; fill: var(--link); }
.edge path { fill: none; } .line { stroke: var(--arrow); stroke-width: 1.3; } .hit { stroke: transparent; stroke-width: 10; }
marker path { fill: var(--arrow); } marker.more path { fill: var(--path); }
.join .line { stroke-width: 2.6; } .more .line { stroke: var(--path); stroke-width: 2.4; stroke-dasharray: 7 3; }
.owned .line { stroke-dasharray: 2 4; stroke-width: 1.8; }
.edge:hover .line { stroke-width: 4; }
.marked .edge, .marked .node { opacity: .13; }
.marked .on { opacity: 1; } .marked .none.on .line { stroke-width: 2; }
footer { margin-top: 3rem; color: var(--faint); font-size: .85rem; }
@media (min-width: 60rem) and (min-height: 40rem) {
  html { scroll-padding-top: 8rem; }
  #filter { position: sticky; top: 0; z-index: 1; background: var(--back); border-bottom: 1px solid var(--line); } }
@media screen and (max-width: 60rem) {
  table.grants, table.rights, table.changes { display: block; min-width: 0; }
  .grants thead, .grants tbody, .rights thead, .rights tbody, .changes thead, .changes tbody, .grants caption, .rights caption, .changes caption { display: block; }
  .grants tr, .rights tr, .changes tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); margin-bottom: .5rem; }
  .grants tr[hidden], .rights tr[hidden] { display: none; }
  .grants tr > *, .rights tr > *, .changes tr > * { width: auto !important; }
  .rights tr > :nth-child(5), .changes tr > :nth-child(5) { grid-column: span 2; } }
@media screen and (max-width: 36rem) {
  table.plain, .plain thead, .plain tbody, .plain caption { display: block; }
  .plain tr { display: grid; margin-bottom: .5rem; } .plain td { min-width: 0; }
  .plain tr, .grants tr, .rights tr, .changes tr { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media print {
  .large section { content-visibility: visible; }
  @page { size: A4 landscape; margin: 12mm; } @page tall { size: A4 portrait; margin: 12mm; }
  :root { --back: #fff; --text: #000; --faint: #444; --line: #999; --head: #eee; --link: #000; --path: #900; --path-back: #fff; --arrow: #555;
    --principal: #fff; --identity: #fff; --resource: #fff; }
  body { padding: 0; max-width: none; font-size: 9pt; }
  table { font-size: 7.5pt; line-height: 1.25; } th, td { padding: 1pt 3pt; } td p { margin: 0; } h2 { margin: 12pt 0 4pt; }
  td small, th small { display: inline; margin-left: .6em; }
  section:has(.picture) { break-inside: avoid; } section:has(.tall) { page: tall; }
  tr[hidden] { display: table-row !important; } details::details-content { content-visibility: visible; display: block; }
  summary { list-style: none; font-weight: 600; break-after: avoid; } pre { break-inside: avoid; font-size: 7pt; } .tag { font-size: 7.5pt; }
  .grants th:nth-child(1), .rights th:nth-child(1) { width: 13%; } .grants th:nth-child(2) { width: 15%; } .grants th:nth-child(3) { width: 15%; }
  .grants th:nth-child(4) { width: 7%; } .grants th:nth-child(5) { width: 17%; } .rights th:nth-child(2) { width: 16%; } .rights th:nth-child(4) { width: 20%; }
  .skip, nav, #filter, .tools { display: none; }
  fieldset { break-inside: avoid; } fieldset input:not([type=radio]) { border: 0; border-bottom: 1px solid #000; border-radius: 0; }
  fieldset input[type=date]:invalid, fieldset input[type=date]:not(:focus):in-range { color: #000; }
  .scroll, .picture { overflow: visible; max-height: none; border: 0; }
  table.grants, table.rights, table.changes { min-width: 0; }
  thead { display: table-header-group; }
  tr, article, .figures { break-inside: avoid; }
  h2, h3, caption, thead, section > p, section > ul:has(+ .scroll), .legend { break-after: avoid; }
  svg { min-width: 0 !important; max-width: 100%; max-height: 148mm; } .tall svg { max-height: 225mm; }
  .legend, .origin { font-size: 8pt; }
  tbody tr:first-child { break-before: avoid; }
  .marked .edge, .marked .node { opacity: 1; } }
`;
