import { expect, onTestFinished, test } from "vitest"
import { allCases, expectSameReports } from "../e2e/playground/report-cases"
import { ServedSite } from "../e2e/playground/served-site"
import { until } from "./engines"
import { Firefox, NO_FIREFOX } from "./firefox"

if (NO_FIREFOX) console.log(`skipped: ${NO_FIREFOX}`)

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
            expression => firefox.evaluate(expression),
        )
        expect(firefox.problems).toEqual([])
        const elsewhere = firefox.requests.filter(url => !url.startsWith(site.address))
        expect(elsewhere.filter(url => !/^(data|blob|about):/.test(url))).toEqual([])
    },
)
