/** One style sheet for screen, dark screen and paper; no fonts, images or scripts. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5a6b7b; --line: #d9e0e6; --paper: #fff; --shade: #f4f7f9;
  --accent: #0b5cad; --get: #1a7f4b; --post: #0b5cad; --put: #9a5b00; --patch: #7a3fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #dde5ec; --soft: #96a7b6; --line: #33404c; --paper: #161c22;
  --shade: #1e262e; --accent: #6fb1f5; --get: #5cc48d; --post: #6fb1f5; --put: #e0a54a; --patch: #c18ce6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.6 system-ui, "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.2rem 1rem 2rem; background: var(--shade);
  border-right: 1px solid var(--line); font-size: 13px; }
nav h2 { margin: 1.1rem 0 .3rem; font-size: 12px; color: var(--soft); font-weight: 600; border: 0; padding: 0; }
nav a { display: flex; gap: .5rem; padding: .15rem .3rem; color: inherit; text-decoration: none; border-radius: 4px; }
nav a:hover { background: var(--line); }
nav small { display: block; color: var(--soft); font-size: 12px; line-height: 1.35; }
nav .method { flex: 0 0 3.1rem; font-size: 11px; line-height: 20px; }
main { padding: 1.5rem 2.5rem 6rem; max-width: 76rem; }
h1 { font-size: 26px; margin: 0 0 .5rem; }
h2 { font-size: 21px; margin: 3rem 0 .5rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 17px; margin: 0; }
h4 { font-size: 14px; margin: 1.3rem 0 .3rem; color: var(--soft); }
section { padding: 1.4rem 0; border-bottom: 1px solid var(--line); scroll-margin-top: .5rem; }
a { color: var(--accent); }
p { margin: .4rem 0; }
ul { margin: .3rem 0; padding-left: 1.3rem; }
code, pre { font: 13px/1.5 ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace; }
code { background: var(--shade); padding: .05em .3em; border-radius: 3px; overflow-wrap: anywhere; }
pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; }
.route { display: flex; gap: .7rem; align-items: baseline; flex-wrap: wrap; margin: .4rem 0; }
.route code { font-size: 14px; background: none; padding: 0; }
.method { font: 600 13px/1.5 ui-monospace, Consolas, monospace; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); }
.id { color: var(--soft); font-size: 13px; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 .8rem; font-size: 14px; }
th { text-align: left; font-size: 12px; color: var(--soft); font-weight: 600; }
th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td p, td ul { margin: 0; }
td:first-child { white-space: nowrap; }
.fields td:first-child { width: 15rem; } .fields td:nth-child(2) { width: 12rem; }
.fields td:nth-child(3) { width: 6.5rem; }
th { white-space: nowrap; }
.fields td:nth-child(2), .limits code { overflow-wrap: anywhere; }
.limits { color: var(--soft); font-size: 13px; }
.status td:first-child { width: 4rem; font-weight: 600; }
summary { cursor: pointer; color: var(--accent); font-size: 14px; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; border: 0; }
  main { padding: 1rem; } table { display: block; overflow-x: auto; } }
@media print { nav { display: none; } body { display: block; font-size: 11px; } section { break-inside: auto; } }
`;
