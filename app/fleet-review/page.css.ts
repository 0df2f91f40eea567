// The style of the page of a fleet, in addition to that of an access review.

/** The style sheet. */
export const FLEET_CSS = `
table.fleet th:nth-child(n), table.fleet td:nth-child(n) { width: auto; }
.rights.fleet th:nth-child(1) { width: 18%; } .rights.fleet th:nth-child(2) { width: 17%; } .rights.fleet th:nth-child(3) { width: 25%; }
.rights.fleet th:nth-child(4) { width: 13%; } .rights.fleet th:nth-child(5) { width: 10%; }
.changes.fleet th:nth-child(1) { width: 9rem; } .changes.fleet th:nth-child(6) { width: 30%; }
article.who { content-visibility: auto; contain-intrinsic-size: auto 30rem; padding-bottom: 2px; }
article p { overflow-wrap: anywhere; }
article[hidden] { display: none; }
td > div + div { margin-top: .3rem; }
@media screen and (max-width: 60rem) { .changes tr[hidden] { display: none; } }
@media print { .tag { font-size: inherit; } article { break-inside: auto; } article.who { content-visibility: visible; } .rights.fleet { min-width: 0; } }
`;
