import { CHART_RULES, colourDeclarations, DARK, LIGHT } from '../plot/theme.ts'

const LIGHT_PAGE = `color-scheme:light;--page:#f4f6f7;--link:#0b5c94;--warn:#fdf3e1;--warn-line:#b7791f;${colourDeclarations(LIGHT)}`
const DARK_PAGE = `color-scheme:dark;--page:#0f1316;--link:#7cc0f2;--warn:#2b2416;--warn-line:#d9a441;${colourDeclarations(DARK)}`

/**
 * The one style of the page. Dark follows the system, and the box "swap light and dark" turns it round without a script. Paper
 * is always light.
 */
export function pageStyle(): string {
  return `:root{${LIGHT_PAGE}}
@media screen{:root:has(#swap:checked){${DARK_PAGE}}}
@media screen and (prefers-color-scheme:dark){:root{${DARK_PAGE}}:root:has(#swap:checked){${LIGHT_PAGE}}}
${LAYOUT}${CHART_RULES}
${PRINT}`
}

const LAYOUT = `*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--page);color:var(--clientele-ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}
.wrap{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.35rem;line-height:1.25;margin:0 0 .8rem}
h3{font-size:1.05rem;line-height:1.3;margin:1.6rem 0 .5rem}
p{margin:.5rem 0;max-width:72ch}
.lead{color:var(--clientele-muted);font-size:1.02rem}
a{color:var(--link);text-underline-offset:2px}
a:focus-visible,.scroll:focus-visible,input:focus-visible{outline:2px solid var(--link);outline-offset:2px}
nav{margin:1.2rem 0 0;font-size:.95rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:0;padding:0}
nav a{display:inline-block;padding:2px 0}
.swap{display:inline-flex;gap:.45rem;align-items:center;margin-top:.7rem;color:var(--clientele-muted);font-size:.9rem}
.swap input{width:16px;height:16px;margin:0;accent-color:var(--link)}
section{background:var(--clientele-surface);border:1px solid var(--clientele-line);border-radius:10px;padding:22px 24px;margin:22px 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:.8rem 1.4rem;margin:.2rem 0 0}
.facts div{min-width:0}
.facts dt{color:var(--clientele-muted);font-size:.86rem}
.facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.headlines{display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:16px;margin:0;padding:0;list-style:none}
.headlines li{border-left:3px solid var(--link);padding:2px 0 2px 14px}
.headlines .label{color:var(--clientele-muted);font-size:.86rem;margin:0}
.headlines .number{font-size:1.55rem;line-height:1.25;font-weight:650;margin:0;font-variant-numeric:tabular-nums}
.headlines p{margin:.2rem 0 0}
.notes{background:var(--warn);border-color:var(--warn-line)}
.notes ul{margin:.2rem 0;padding-left:1.2rem}
.figures,.models{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:18px 28px;margin:14px 0;align-items:start}
figure{margin:0;min-width:0}
figure svg{width:100%}
figcaption{color:var(--clientele-muted);font-size:.9rem;line-height:1.45;margin-top:.35rem}
.scroll{overflow-x:auto;margin:14px 0;max-width:100%;container-type:inline-size;background:linear-gradient(to left,var(--clientele-surface) 45%,transparent) right/40px 100% no-repeat local,linear-gradient(to left,var(--clientele-line),transparent) right/18px 100% no-repeat}
table{border-collapse:collapse;font-size:.93rem;line-height:1.4;font-variant-numeric:tabular-nums;min-width:min(100%,420px)}
caption{text-align:left;color:var(--clientele-muted);font-size:.9rem;padding-bottom:.4rem}
caption span{display:block;position:sticky;left:0;max-width:min(72ch,100cqi)}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--clientele-line);font-weight:400}
th[scope=row]{font-weight:550;min-width:6.5rem;max-width:22rem}
td{max-width:34rem}.prose{min-width:13rem}
thead th{color:var(--clientele-muted);font-size:.86rem;border-bottom:1px solid var(--clientele-muted);vertical-align:bottom}
tfoot th,tfoot td{border-bottom:0;border-top:1px solid var(--clientele-muted);font-weight:600}
.n{text-align:right;white-space:nowrap;padding-left:10px}
thead .n{white-space:normal;min-width:5.4rem}
bdi{overflow-wrap:anywhere}
table bdi{overflow-wrap:break-word}
code{font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--page);border:1px solid var(--clientele-line);border-radius:6px;padding:10px 12px;display:block;white-space:pre-wrap;overflow-wrap:anywhere}
footer{color:var(--clientele-muted);font-size:.88rem}
@media (max-width:820px){.figures,.models{grid-template-columns:minmax(0,1fr)}}
@media (max-width:480px){.wrap{padding:18px 10px 40px}section{padding:16px 14px;border-radius:8px}h1{font-size:1.55rem}.headlines{grid-template-columns:minmax(0,1fr)}.facts{grid-template-columns:repeat(2,minmax(0,1fr))}
th[scope=row]{position:sticky;left:0;max-width:8.5rem;background:var(--clientele-surface)}
.stack thead{display:none}.stack,.stack caption,.stack tbody,.stack tr,.stack th,.stack td{display:block;position:static;max-width:none;min-width:0;text-align:left;white-space:normal;padding:0;border:0}
.stack tr{padding:8px 0;border-bottom:1px solid var(--clientele-line)}.stack td::before{content:attr(data-head) ": ";color:var(--clientele-muted)}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`

const PRINT = `@page{margin:15mm 14mm}
@media print{body{background:#fff;font-size:10.5pt}.wrap{max-width:none;padding:0}nav,.swap{display:none}
section{border:0;border-radius:0;padding:0;margin:0 0 9mm;background:none}.notes{border-left:3px solid var(--warn-line);padding-left:4mm}
h2,h3,caption,thead{break-after:avoid}figure,tr,.headlines li,.facts{break-inside:avoid}
.figures,.models{grid-template-columns:repeat(2,minmax(0,1fr));gap:6mm}.scroll{overflow:visible;background:none}table{font-size:8.8pt}caption,thead th,figcaption{font-size:8.5pt}caption span{max-width:none}.prose{min-width:8rem}
th,td{padding:3px 8px 3px 0}.headlines{grid-template-columns:repeat(2,minmax(0,1fr))}p,li{orphans:3;widows:3}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`
