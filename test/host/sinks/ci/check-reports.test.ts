import fc from "fast-check"
import { expect, test } from "vitest"
import { checkReport, checkRun } from "../../../../host/analysis/check"
import { knownRun } from "../../../../host/documents/check/baseline"
import type { Budget, Check, CheckReport, Part } from "../../../../host/documents/check/report"
import { checkAnnotations } from "../../../../host/sinks/ci/check-annotations"
import { checkCodeQuality } from "../../../../host/sinks/ci/check-code-quality"
import { checkHtml } from "../../../../host/sinks/ci/check-html"
import { checkJunit } from "../../../../host/sinks/ci/check-junit"
import { checkMarkdown, MARKER } from "../../../../host/sinks/ci/check-markdown"
import { sparkline } from "../../../../host/sinks/ci/sparkline"
import { EVIL } from "../../analysis/profile/sample-profile"
import { expectWellFormed } from "../svg/well-formed"
import { leakingReport, steadyReport } from "../terminal/sample-run"

const TIGHT: Budget = { figure: "live", limit: { byValue: 0 }, level: "error", of: "budgets.live" }
const GONE = "src/old.ts on pico"

/** A program that keeps one more buffer than before, in a file whose name tries everything. */
function checked(entry: string, board: string, file = entry): Check {
    const report = structuredClone(steadyReport())
    report.program.entry = entry
    report.board.id = board
    const { highWaterLiveBytes } = report.heap
    const part = { file, what: "Buffer", heldBy: `a${EVIL}|\`*_@someone`, count: 1 }
    const measurement = (liveBytes: number, parts: Part[]) => ({
        measured: {
            report: { ...report, heap: { ...report.heap, highWaterLiveBytes: liveBytes } },
            ...{ steadyAllocations: null, codeBytes: 916, headroomBytes: null, structures: [] },
            liveOverTime: [0, 10, 20, 70],
        },
        parts: { "most-live": parts },
    })
    const first = { ...part, line: 3, value: highWaterLiveBytes }
    const before = checkRun(measurement(highWaterLiveBytes, [first]), { budgets: [TIGHT] })
    const more = measurement(highWaterLiveBytes + 312, [
        first,
        { ...part, line: 12, value: 312, text: "const extra = Buffer.alloc(300)" },
    ])
    return checkRun(more, { budgets: [TIGHT] }, { name: "main", runs: [knownRun(before)] })
}

const EVIL_FILE = `src/a,b:c%${EVIL}.ts`
const found = {
    report: checkReport(
        [
            checked("src/main.ts", "pico"),
            checked("src/main.ts", "esp32s2"),
            checked(EVIL_FILE, "pico"),
            checkRun(plain(leakingReport()), {}),
            checkRun(plain(steadyReport()), {}),
        ],
        { vanished: [GONE] },
    ),
    folder: "packages/sensor",
}

function plain(run: ReturnType<typeof steadyReport>) {
    const { samples: _, ...report } = run
    const nothing = { steadyAllocations: null, codeBytes: 0, headroomBytes: null }
    return {
        measured: { report, ...nothing, structures: [], liveOverTime: [] },
        parts: {},
    }
}

/** Jenkins' schema (junit-10.xsd), as far as it is about what stands here: attributes, those it demands, children. */
const JUNIT: Record<string, { attributes: RegExp; demanded: string[]; children: RegExp }> = {
    testsuites: {
        attributes: /^(?:name|time|tests|failures|errors)$/,
        demanded: [],
        children: /^testsuite$/,
    },
    testsuite: {
        attributes:
            /^(?:name|tests|failures|errors|group|time|skipped|timestamp|hostname|id|file)$/,
        demanded: ["name", "tests", "failures", "errors"],
        children: /^(?:testsuite|properties|testcase|system-out|system-err)$/,
    },
    testcase: {
        attributes: /^(?:name|time|classname|group)$/,
        demanded: ["name"],
        children: /^(?:skipped|error|failure|system-out|system-err)$/,
    },
    failure: { attributes: /^(?:type|message)$/, demanded: [], children: /^$/ },
    "system-out": { attributes: /^$/, demanded: [], children: /^$/ },
}

test("JUnit has a case a check, in the form that CI servers take", () => {
    const xml = checkJunit(found)
    expectWellFormed(xml.replace(/^<\?.*\?>\n/, ""))
    const open: string[] = []
    const counts: Record<string, number> = {}
    for (const [, close, name, rest = ""] of xml.matchAll(
        /<(\/?)([a-z-]+)((?: [a-z]+="[^"]*")*)>/g,
    )) {
        if (close) {
            open.pop()
            continue
        }
        const above = open.at(-1)
        if (above !== undefined) expect(name).toMatch(JUNIT[above]!.children)
        const given = Array.from(rest.matchAll(/([a-z]+)="([^"]*)"/g), ([, key, value]) => [
            key,
            value,
        ])
        for (const [key] of given) expect(key).toMatch(JUNIT[name!]!.attributes)
        expect(given.map(([key]) => key)).toEqual(expect.arrayContaining(JUNIT[name!]!.demanded))
        for (const [key, value] of given)
            if (key === "time")
                expect(value).toMatch(/^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/)
        counts[name!] = (counts[name!] ?? 0) + 1
        open.push(name!)
    }
    expect(counts).toMatchObject({ testsuites: 1, testsuite: 4, testcase: 5, failure: 4 })
    expect(xml).toContain(`tests="5" failures="4"`)
})

test("an annotation stands at the line that grew, once for all boards", () => {
    const lines = checkAnnotations(found).trimEnd().split("\n")
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(
        /^::error file=packages\/sensor\/src\/main\.ts,line=12,title=heapscope check::on pico: .*312 B over the .*, and so it is on esp32s2$/,
    )
    // What ends a property or the command is written as in a URL.
    expect(lines[1]).toContain("file=packages/sensor/src/a%2Cb%3Ac%25<b a=")
    for (const line of lines)
        expect(line).toMatch(/^::error file=[^:,]*,line=\d+,title=[^:]*::[^\n\r]*$/)
})

test("GitLab's issues have a print that stays, and none has that of another", () => {
    const issues = JSON.parse(checkCodeQuality(found)) as {
        fingerprint: string
        severity: string
        location: { path: string; lines: { begin: number } }
    }[]
    expect(issues[0]).toMatchObject({
        ...{ check_name: "heapscope-budget", severity: "major" },
        location: { path: "packages/sensor/src/main.ts", lines: { begin: 12 } },
    })
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length)
    const later = structuredClone(found.report)
    for (const { failures } of later.checks)
        for (const { places = [] } of failures) for (const place of places) place.line += 7
    const moved = JSON.parse(checkCodeQuality({ ...found, report: later })) as typeof issues
    expect(moved.map(({ fingerprint }) => fingerprint)).toEqual(
        issues.map(({ fingerprint }) => fingerprint),
    )
})

test("Markdown begins with its marker and what failed, RAM and flash apart", () => {
    const text = checkMarkdown(found)
    expect(text.startsWith(`${MARKER}\n## ✗ heapscope: 4 of 5 checks failed\n`)).toBe(true)
    const [failed, ram, flash, details] = ["**✗", "| RAM |", "| flash |", "<details>"].map(one =>
        text.indexOf(one),
    ) as [number, number, number, number]
    expect(failed).toBeGreaterThan(0)
    expect([ram, flash, details]).toEqual([ram, flash, details].sort((a, b) => a - b))
    expect(ram).toBeGreaterThan(failed)
    expect(text).toContain(`Not checked any more: \`${GONE}\`.`)
    // Nobody is told, and nothing of a program's is markup.
    const outside = text.replace(/`[^`\n]*`/g, "").replace(/\\./g, "")
    expect(outside).not.toMatch(/@someone|<(?!!-- heapscope|\/?(?:details|summary)>)/)
    for (const row of text.split("\n").filter(line => line.startsWith("| ✗")))
        expect(row.replaceAll("\\|", "").split("|")).toHaveLength(10)
})

test("Markdown is never longer than a comment may be, and says what it leaves out", () => {
    const many = (count: number): CheckReport =>
        checkReport(Array.from({ length: count }, (_, i) => checked(`src/${i}.ts`, "pico")))
    for (const count of [100, 1000]) {
        const text = checkMarkdown({ report: many(count) })
        expect(text.length).toBeLessThanOrEqual(65_535)
        expect(text.includes("Left out for their length: ")).toBe(count === 1000)
    }
})

test("a page brings all it needs, and what a program is called is text", () => {
    const html = checkHtml(found)
    expectWellFormed(html.replace("<!doctype html>\n", "").replace(/<style>[^<]*<\/style>/g, ""))
    expect(html).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org\/2000\/svg)|url\(|@import/)
    expect(html).toContain("default-src 'none'")
    expect(html).toContain("+312 B: 1 more Buffer kept by a&lt;b a=&quot;1&quot;&gt;")
})

test("a line of blocks begins at 0 and ends at the most", () => {
    expect(sparkline([0, 35, 70])).toBe("▁▅█")
    expect(sparkline([])).toBe("")
    fc.assert(
        fc.property(fc.array(fc.nat(100_000), { minLength: 1 }), values => {
            const line = [...sparkline(values)]
            expect(line).toHaveLength(values.length)
            if (Math.max(...values) > 0) expect(line[values.indexOf(Math.max(...values))]).toBe("█")
        }),
        { numRuns: 50 },
    )
})
