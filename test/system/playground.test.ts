import { expect, onTestFinished, test } from "vitest"
import { allCases, expectSameReports } from "../e2e/playground/report-cases"
import { ServedSite } from "../e2e/playground/served-site"
import { until } from "./engines"
import { Firefox, NO_FIREFOX } from "./firefox"

if (NO_FIREFOX) console.log(`skipped: ${NO_FIREFOX}`)

/** How long the tab may take for all of them. */
const PATIENCE_MS = 600_000

/** What an expression promises. It is asked for again and again: a call that waited for minutes has once got no answer. */
async function settled(firefox: Firefox, expression: string): Promise<unknown> {
    await firefox.evaluate(`(globalThis.answer = undefined, (${expression}).then(
        told => { globalThis.answer = { told } },
        error => { globalThis.answer = { error: String(error) } },
    ), true)`)
    await until(
        () => firefox.evaluate<boolean>("globalThis.answer !== undefined"),
        "the tab's reports",
        PATIENCE_MS,
    )
    const { told, error } = await firefox.evaluate<{ told?: unknown; error?: string }>(
        "globalThis.answer",
    )
    if (error !== undefined) throw new Error(error)
    return told
}

test.skipIf(NO_FIREFOX)(
    "a tab of Firefox reports what the command line reports, byte for byte, failures too",
    { timeout: 1_800_000 },
    async () => {
        const site = await ServedSite.start()
        onTestFinished(() => site.close())
        const firefox = await Firefox.start()
        onTestFinished(() => firefox.close())
        await firefox.open(site.address)
        await until(() => firefox.evaluate<boolean>("!!globalThis.heapscope?.link"), "the tab")
        await expectSameReports(
            allCases(Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)),
            expression => settled(firefox, expression),
        )
        expect(firefox.problems).toEqual([])
        const elsewhere = firefox.requests.filter(url => !url.startsWith(site.address))
        expect(elsewhere.filter(url => !/^(data|blob|about):/.test(url))).toEqual([])
    },
)
