import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { loadConfig } from "../../../host/api/load-config"
import { planConfigured } from "../../../host/api/configured-checks"
import { makeFolder } from "../compiler/node/build-project"

const TRUSTED = { isAllowed: true }

function folderWith(files: Record<string, string>): string {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
}

const load = (text: string, name = "heapscope.config.ts") =>
    loadConfig(folderWith({ [name]: text }), TRUSTED)

describe("a configuration", () => {
    it.each([
        [
            "heapscope.config.ts",
            `import { defineConfig, type Config } from "heapscope/config"
const config: Config = { boards: ["pico"], budgets: { live: "20kB" } }
export default defineConfig(config)`,
        ],
        [
            "heapscope.config.js",
            `import { sep } from "node:path"
export default { boards: [sep && "pico"], budgets: { live: await Promise.resolve("20kB") } }`,
        ],
        ["heapscope.config.js", `module.exports = { boards: ["pico"], budgets: { live: "20kB" } }`],
        ["heapscope.config.json", `{ "boards": ["pico"], "budgets": { "live": "20kB" } }`],
    ])("is read from %s (%#), and nothing is written", async (name, text) => {
        const folder = folderWith({ [name]: text })
        const { config } = (await loadConfig(folder, TRUSTED))!
        expect(config).toEqual({ boards: ["pico"], budgets: { live: "20kB" } })
        expect(readdirSync(folder)).toEqual([name])
    })

    it("is never that of a folder above", async () => {
        const folder = folderWith({ "heapscope.config.js": "throw 1" })
        mkdirSync(join(folder, "below"))
        expect(await loadConfig(join(folder, "below"))).toBeUndefined()
    })

    it("is not run untrusted, and as JSON needs no trust", async () => {
        const run = "globalThis.wasRun = true"
        const folder = folderWith({ "heapscope.config.js": run })
        await expect(loadConfig(folder, { env: {}, cache: undefined })).rejects.toThrow(
            expect.objectContaining({ code: "E_UNTRUSTED_CODE" }),
        )
        expect(globalThis).not.toHaveProperty("wasRun")
        const data = folderWith({ "heapscope.config.json": "{}" })
        const ask = () => Promise.reject(new Error("asked"))
        expect((await loadConfig(data, { env: {}, ask }))!.config).toEqual({})
    })

    it.each([
        [
            'export default {\n    boards: ["pico"],\n    fro: "1m",\n}',
            "ts:3: fro: there is no such setting: did you mean for?",
        ],
        [
            "export default { budgets: { life: 1 } }",
            "ts:1: budgets.life: there is no such setting: did you mean live?",
        ],
        [
            'export default {\n  programs: ["a.ts",\n { entrie: "b.ts" }] }',
            "ts:3: programs.1.entrie: there is no such setting: did you mean entry?",
        ],
        [
            "export default {\n live: 1,\n budgets: {\n // live: 2\n churn: { limt: 1 } } }",
            "ts:5: budgets.churn.limt: there is no such setting: did you mean limit?",
        ],
        [
            'export default { programs: [\n "a.ts", { entry: "b", budgets: { life: 1 } }],\n budgets: { live: 1 } }',
            "ts:2: programs.1.budgets.life: there is no such setting: did you mean live?",
        ],
        [
            'export default {\n budgets: { live: { limit: 1, level: "fatal" } } }',
            "ts:2: budgets.live.level: Expected error or warning.",
        ],
        ["export default {\n  boards: 5 }", 'ts:2: boards: Expected a list, or "all".'],
        [
            "export default { seed: 1, programs: [{ seed: 'x', entry: 'a.ts' }] }",
            'ts:1: programs.0.seed: Invalid type: Expected number but received "x".',
        ],
        [
            "export default 5",
            "ts: it has to export an object as its default: defineConfig({ ... }).",
        ],
        [
            "export const settings = {}",
            "ts:1: settings: there is no such setting. There are programs, boards, for,",
        ],
        ["export default {\n  a: 1 +\n}", "ts:3: it fails: Unexpected token."],
        ["export default nothing", "ts: it fails: nothing is not defined."],
        [
            'import "no-such-package"\nexport default {}',
            /ts: it fails: Cannot find .*no-such-package/,
        ],
        [
            '\nimport { x } from "./other"\nexport default x',
            /ts:2: it imports \.\/other\. What runs is what was trusted/,
        ],
        ["export default {\n  b: await import('../x.js') }", /ts:2: it imports \.\/x\.js/],
    ])("is refused: %j", async (text, message) => {
        await expect(load(text)).rejects.toThrow(
            typeof message === "string" ? `heapscope.config.${message}` : message,
        )
    })

    it("is refused as JSON that is none, and beside another", async () => {
        await expect(load("{ oops", "heapscope.config.json")).rejects.toThrow(
            /^heapscope\.config\.json: it is not JSON: /,
        )
        const both = folderWith({ "heapscope.config.js": "", "heapscope.config.json": "{}" })
        await expect(loadConfig(both)).rejects.toThrow(/there is a heapscope\.config\.json, too/)
    })
})

describe("what is checked", () => {
    const CONFIG = `export default {
    programs: ["a.ts", { entry: "b.ts", boards: ["esp32s2"], budgets: { live: "9kB" } }],
    boards: ["pico", "esp32c3"],
    for: "2m",
    budgets: {
        live: "20kB",
    },
}`
    const planned = async (entries: string[], given = {}, text = CONFIG) => {
        const programs = Object.fromEntries(["a.ts", "b.ts", "c.ts"].map(name => [name, ""]))
        const cwd = folderWith({ ...programs, "heapscope.config.ts": text })
        const loaded = (await loadConfig(cwd, TRUSTED))!
        const plans = planConfigured(
            entries,
            loaded,
            { ...given, cwd },
            "c.ts",
            name => `--${name}`,
        )
        return plans.map(({ program, runs, expected }) => [
            program,
            runs.map(({ board, forMs }) => `${board.id} ${forMs}`),
            expected,
        ])
    }
    const live = (value: number, of: string) => ({
        budgets: [{ figure: "live", limit: { value }, level: "error", of }],
    })
    const a = ["a.ts", ["pico 120000", "esp32c3_bare 120000"]]
    const b = ["b.ts", ["esp32s2_bare 120000"]]

    it("is what the configuration says, of each program before that of all", async () => {
        expect(await planned([])).toEqual([
            [...a, live(20_000, "budgets.live (heapscope.config.ts:6)")],
            [...b, live(9000, "programs.1.budgets.live (heapscope.config.ts:2)")],
        ])
    })

    it("is what is named, with what was given before all that", async () => {
        const expected = live(5000, "--maxLive")
        const given = { maxLive: "5kB", untilText: undefined }
        expect(await planned(["./b.ts"], given)).toEqual([[...b, expected]])
        const other = ["c.ts", ["pico 60000", "esp32c3_bare 60000"], expected]
        expect(await planned(["c.ts"], { ...given, for: "1m" })).toEqual([other])
    })

    it("is the project's own program where none is named", async () => {
        expect(await planned([], {}, "export default {}")).toEqual([["c.ts", ["pico 600000"], {}]])
    })

    it("is refused with the place of the setting", async () => {
        await expect(planned([], {}, 'export default {\n  for: "5x" }')).rejects.toThrow(
            'for (heapscope.config.ts:2): "5x" is not a duration',
        )
        for (const [budgets, message] of [
            ['\n live: "5s"', 'budgets.live (heapscope.config.ts:2): "5s" is not a size'],
            ['\n live: "-2%"', "budgets.live (heapscope.config.ts:2) -2% could not be kept"],
            ["\n calls: 100", "budgets.calls (heapscope.config.ts:2) can never be exceeded"],
            ['largestFree: "2MB"', "can never be kept: the heap has 65,524 B in all"],
            [
                "steadyAllocations: -1",
                "budgets.steadyAllocations (heapscope.config.ts:1) -1 could not",
            ],
            ['steadyAllocations: "few"', '"few" is no number'],
        ] as const)
            await expect(
                planned([], {}, `export default { budgets: {${budgets} } }`),
            ).rejects.toThrow(message)
        await expect(planned([], { for: "5x" })).rejects.toThrow('--for: "5x" is not a duration')
    })
})
