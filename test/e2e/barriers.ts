import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Found {
    id: string
    impact: string
    nodes: { html: string }[]
}

/** What axe finds in a page that keeps somebody from using it, with the elements that have it. */
export async function barriersIn(page: Page): Promise<string[]> {
    // Evaluated past the page's policy for scripts, as DevTools would; to be compiled takes it as long as to run.
    if (!(await page.evaluate(`"axe" in globalThis`))) await page.evaluate(AXE)
    return page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
            axe: { run(where: Document): Promise<{ violations: Found[] }> }
        }
        const { violations } = await axe.run(document)
        return violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
    })
}
