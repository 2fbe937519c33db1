// The report's styles: the product's colours for light, dark and paper; nothing is loaded from anywhere.

const LIGHT = `--paper:#fbfaf7;--raised:#fff;--sunken:#f3f1ec;--line:#e3e0d8;--line-strong:#8a867c;--ink:#1d1c1a;--soft:#57534b;--faint:#6b675e;--accent:#0b6472;--wash:#e3f0f0;--problem:#a3341f;--t1:#d9bf62;--t2:#a3ad5b;--t3:#5f9478;--t4:#2d7186;--t5:#264a7d;--l1:#8a7317;--l2:#6b7527;--l3:#437a5d;--l4:#2d7186;--l5:#264a7d`
const DARK = `--paper:#141516;--raised:#1b1d1e;--sunken:#101112;--line:#2e3133;--line-strong:#7b8186;--ink:#eceae5;--soft:#b3b1ab;--faint:#a09e98;--accent:#63c3cf;--wash:#16313a;--problem:#f0937c;--t1:#7d6a24;--t2:#7f8a3c;--t3:#64a486;--t4:#6cbcd0;--t5:#b3d4fb;--l1:#bda23c;--l2:#a9b45c;--l3:#64a486;--l4:#6cbcd0;--l5:#b3d4fb`

export const REPORT_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html:has(#lang-en:checked) .zh,html:has(#lang-zh:checked) .en{display:none}
body{margin:0;background:var(--paper);color:var(--ink);font:420 15px/1.6 'Inter Variable',Inter,'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',system-ui,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1008px;margin:0 auto;padding:40px 24px 64px}
h1{margin:0;font-size:clamp(24px,20px + 1vw,32px);line-height:1.25;letter-spacing:-.012em;font-weight:640}
h2{margin:48px 0 6px;font-size:19px;line-height:1.35;font-weight:640}
h3{margin:24px 0 6px;font-size:15px;font-weight:640}
p{margin:0 0 10px;max-width:68ch}
.lead{color:var(--soft)}
.short+.note{margin-top:12px}
.note{color:var(--faint);font-size:13px}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start;justify-content:space-between}
.top .lead{margin:4px 0 0}
fieldset{display:flex;margin:0;padding:0;border:1px solid var(--line);border-radius:6px;overflow:hidden;font-size:13px}
fieldset input{position:absolute;opacity:0;width:1px;height:1px}
fieldset label{padding:4px 12px;cursor:pointer;color:var(--soft)}
fieldset input:checked+label{background:var(--wash);color:var(--accent);font-weight:640}
fieldset input:focus-visible+label{outline:2px solid var(--accent);outline-offset:-2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.short{margin:28px 0 0;padding:0;list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.short li{padding:16px 20px 18px;background:var(--raised)}
.short b{display:block;font-size:24px;line-height:1.3;font-weight:640;letter-spacing:-.01em}
.short span.what{color:var(--soft);font-size:13.5px;line-height:1.55;display:block;margin-top:2px}
.caution{margin:14px 0 0;padding:10px 14px;border-left:3px solid var(--problem);background:var(--raised);font-size:14px}
.conclude{display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:0 40px}
.conclude ul{margin:0;padding-left:18px}
.conclude li{margin:0 0 8px}
figure{margin:14px 0 0}
figcaption{margin-top:10px;color:var(--faint);font-size:13px;max-width:80ch}
svg{display:block;width:100%;height:auto;font-size:11px}
svg text{fill:var(--ink)}
.ruler.narrow{display:none;max-width:420px}
svg .head{font-size:12px;font-weight:640}
svg .soft,svg .tick,svg .count,svg .more{fill:var(--faint)}
svg .tick,svg .count{font-size:10.5px}
svg .rule{stroke:var(--line)}
svg .grid{stroke:var(--line);stroke-dasharray:1 4}
svg .zero{stroke:var(--line-strong);stroke-opacity:.55}
svg .dot{fill:var(--ink)}
svg .dot.person{fill:var(--accent)}
svg .bar{fill:var(--accent);opacity:.75}
svg .typical{fill:none;stroke:var(--line-strong);stroke-width:1.2}
svg .typicalDot{fill:var(--line-strong)}
svg .notch{fill:var(--ink)}
svg .zone{opacity:.32}
svg .zoneText{font-weight:640;font-size:12px}
svg .thin{stroke:currentcolor;stroke-width:1.4}
svg .thick{stroke:currentcolor;stroke-width:4.6;stroke-linecap:round}
svg.interval{min-width:130px;max-width:220px;color:var(--ink)}
svg.interval .dot{stroke:var(--paper);stroke-width:1.6}
svg .curve{fill:none;stroke-width:2}
.tone-1{fill:var(--t1)}.tone-2{fill:var(--t2)}.tone-3{fill:var(--t3)}.tone-4{fill:var(--t4)}.tone-5{fill:var(--t5)}
.line-1{stroke:var(--l1)}.line-2{stroke:var(--l2)}.line-3{stroke:var(--l3)}.line-4{stroke:var(--l4)}.line-5{stroke:var(--l5)}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:18px 28px}
.multiples svg:only-child{grid-column:1/-1;max-width:640px}
.scroll{overflow-x:auto;margin-top:10px}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.45}
th,td{padding:6px 14px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:middle}
thead th{color:var(--soft);font-weight:540;vertical-align:bottom}
tbody th{font-weight:540;overflow-wrap:break-word;min-width:92px;max-width:260px}
thead .n{white-space:normal;min-width:52px}
.words{min-width:170px}
.n{text-align:right;white-space:nowrap}
.nowrap{white-space:nowrap}
.flag{color:var(--problem);font-weight:540}
.quiet{color:var(--faint)}
details{margin-top:10px}
summary{cursor:pointer;color:var(--accent);font-size:13px}
.stack{display:flex;height:22px;border-radius:5px;overflow:hidden;margin:12px 0 8px;gap:2px}
.stack i{display:block;height:100%}
.key{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 12px;padding:0;list-style:none;font-size:13px}
.key i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
.c1{background:var(--t5)}.c2{background:var(--t3)}.c3{background:var(--t2)}.c4{background:var(--t1)}.c5{background:var(--t4)}.c6{background:var(--line-strong)}
dl{display:grid;grid-template-columns:minmax(140px,auto) 1fr;gap:4px 20px;font-size:13px;margin:10px 0 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.mono{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12px}
@media (max-width:700px){main{padding:24px 16px 48px}.ruler.wide{display:none}.ruler.narrow{display:block}h2{margin-top:36px}}
@media print{:root{color-scheme:light;${LIGHT};--paper:#fff;--faint:#444;--soft:#333}@page{margin:15mm 13mm}
body{font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}fieldset{display:none}
.ruler.wide{display:block}.ruler.narrow{display:none}
h2,h3,h2+p,h3+p{break-after:avoid}h2+p,h3+p{break-inside:avoid}tr,li,figure,.caution{break-inside:avoid}tbody th{min-width:56px}.words{min-width:90px}.scroll{overflow:visible}table{font-size:8pt}th,td{padding:3px 8px 3px 0}
details::details-content{content-visibility:visible;block-size:auto}summary{display:none}.short{grid-template-columns:repeat(3,1fr)}.conclude{grid-template-columns:1fr 1fr}}
`.trim()
