import { ANSI, INK, LINE, PALE_INK, PAPER, type Color } from "../palette"

const GOOD = ANSI[2]!
const WARNED = ANSI[3]!
const BAD = ANSI[1]!

/** The look of a page about a check: dark, or light where the reader's system is. */
export const CHECK_STYLE = [
    `:root{color-scheme:dark light;${variables("dark")}}`,
    `@media (prefers-color-scheme:light){:root{${variables("light")}}}`,
    "*{box-sizing:border-box}",
    "body{margin:0 auto;max-width:1260px;padding:1rem 1.5rem 3rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}",
    "h1{font-size:1.4rem}h2{font-size:1.15rem;margin:2.5rem 0 .3rem;border-top:1px solid var(--line);padding-top:1.5rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}",
    "p{margin:.3rem 0}ul{margin:.2rem 0;padding-left:1.3rem}",
    "code,li,td,.failure{overflow-wrap:anywhere}",
    "nav ul{columns:18rem;list-style:none;padding:0}nav li::before{content:'✓ '}nav li.bad::before{content:'✗ '}nav li.warned::before{content:'! '}",
    "a{color:inherit}",
    ".good{color:var(--good)}.warned{color:var(--warned)}.bad{color:var(--bad)}",
    ".failure{margin:.6rem 0;padding:.5rem .8rem;border-left:4px solid var(--bad);background:color-mix(in srgb,var(--bad) 8%,transparent)}",
    "table{border-collapse:collapse;margin:.8rem 0}th,td{padding:.15rem .9rem .15rem 0;text-align:left;border-bottom:1px solid var(--line)}th{color:var(--pale);font-weight:600}td:nth-child(2){text-align:right;font-variant-numeric:tabular-nums}",
    ".histogram td:nth-child(n+2){text-align:right;font-variant-numeric:tabular-nums}.histogram td:last-child{width:14rem}.histogram i{display:block;height:.7rem;background:var(--pale)}",
    "figure{margin:1.2rem 0;overflow-x:auto}svg{max-width:100%;height:auto;min-width:720px}",
    "@media print{figure{break-inside:avoid}}",
].join("\n")

function variables(ground: keyof Color): string {
    const colors = { ink: INK, paper: PAPER, line: LINE, pale: PALE_INK }
    return Object.entries({ ...colors, good: GOOD, warned: WARNED, bad: BAD })
        .map(([name, color]) => `--${name}:${color[ground]}`)
        .join(";")
}
