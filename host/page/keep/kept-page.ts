import type { KeptRun } from "../feed/kept-feed"

/** Where a kept page has its run. */
export const KEPT_RUN_ID = "kept-run"

/** Nothing but what is in the file itself. */
const POLICY =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

/** The parts of the page itself. */
export interface PageParts {
    script: string
    styles: string
}

/** The whole page with a run in it, as one file that needs no server. */
export function keptPage(run: KeptRun, { script, styles }: PageParts): string {
    const data = JSON.stringify(run).replaceAll("<", "\\u003c")
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="dark light" />
<title>Heapscope</title>
<link rel="icon" href="data:," />
<style>${styles.replaceAll("</style", "<\\/style")}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="${KEPT_RUN_ID}">${data}</script>
<script type="module">${script.replaceAll("</script", "<\\/script")}</script>
</body>
</html>
`
}

/** The run in this page, if it is a kept one. */
export function keptRun(): KeptRun | undefined {
    const text = document.getElementById(KEPT_RUN_ID)?.textContent
    return text ? (JSON.parse(text) as KeptRun) : undefined
}

/** The page's own script and styles, from itself where it is a kept one. */
export async function pageParts(): Promise<PageParts> {
    const script = document.querySelector<HTMLScriptElement>('script[type="module"]')
    if (script && !script.src)
        return {
            script: script.textContent ?? "",
            styles: document.querySelector("style")?.textContent ?? "",
        }
    const textOf = async (path: string) => (await fetch(path)).text()
    return { script: await textOf("page.js"), styles: await textOf("page.css") }
}
