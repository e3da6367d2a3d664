import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { expect } from "vitest"
import { packageRoot } from "../../../host/base/node/package-root"
import { buildProgram } from "../../../host/compiler/node/build"
import { CompileError } from "../../../host/compiler/node/compile-error"
import type { RunFlags } from "../../../host/playground/board-messages"
import { PACKAGE_ROOT, PROJECT_FILES, PROJECT_ROOT } from "../../../host/playground/project"
import { heapscopeHere } from "../command"
import { randomProgram } from "./random-programs"

/** A program and how it is run: the same for the command line and for the tab. */
export interface ReportCase {
    name: string
    root: typeof PACKAGE_ROOT | typeof PROJECT_ROOT
    entry: string
    flags: RunFlags
    /** Files of the project that the package does not have, by path from the root. */
    files: Record<string, string>
}

/** What came of it, as JSON: the report without `wall`, or the failure with what the compiler found. */
export type Told = string

const STATION = ["main", "reporting", "connected", "wasteful"]

/** All lessons' programs, and the station's, with what happens to them. */
export function programsOfPackage(): ReportCase[] {
    const of = (entry: string, flags: RunFlags = {}): ReportCase => ({
        ...{
            name: `${entry} ${JSON.stringify(flags)}`,
            root: PACKAGE_ROOT,
            entry,
            flags,
            files: {},
        },
    })
    const lessons = join(packageRoot(), "devs/lessons")
    const programs = readdirSync(lessons, { recursive: true, encoding: "utf8" })
        .filter(name => /(wasteful|by-hand|structure)\.ts$/.test(name))
        .filter(name => !/node_modules|\.devicescript/.test(name))
        .sort()
        .map(name => of(`devs/lessons/${name}`))
    const rush = "devs/lessons/rush-hour"
    return [
        ...programs,
        ...["wasteful", "by-hand", "structure"].map(name =>
            of(`${rush}/${name}.ts`, { scenario: `${rush}/rush-hour.scenario.json` }),
        ),
        ...STATION.map(name => of(`devs/station/${name}.ts`)),
        of("devs/station/main.ts", { scenario: "devs/station/rush-hour.scenario.json" }),
        of("devs/station/connected.ts", { scenario: "devs/station/evening.scenario.json" }),
        of("devs/station/reporting.ts", { board: "pico", seed: "7", for: "5s" }),
        of("devs/examples/leak.ts", { world: "none", heap: "20KiB", for: "20s" }),
    ]
}

/** Programs that are drawn, one for each seed. */
export function randomCases(seeds: readonly number[]): ReportCase[] {
    return seeds.map(seed => ({
        name: `random program ${seed}`,
        ...{ root: PROJECT_ROOT, entry: `src/random-${seed}.ts` },
        flags: { seed: `${seed}`, for: "3s", ...(seed % 3 === 0 && { heap: "16KiB" }) },
        files: { [`src/random-${seed}.ts`]: randomProgram(seed) },
    }))
}

/** What cannot be run, each for a reason of its own. */
export function failingCases(): ReportCase[] {
    const of = (name: string, text: string | undefined, flags: RunFlags = {}): ReportCase => ({
        ...{ name, root: PROJECT_ROOT, entry: `src/${name}.ts`, flags },
        files: text === undefined ? {} : { [`src/${name}.ts`]: text },
    })
    return [
        of("type", 'const length: number = "long" + " m²"\nconst other: string = 1\n'),
        of("syntax", "const a = (\n"),
        of("import", 'import { nothing } from "./nowhere"\nconsole.log(nothing)\n'),
        of("unsupported", "class A { get x() { return 1 } }\nconsole.log(new A().x)\n"),
        of("absent", undefined),
        of("empty", ""),
        of("no-board", "console.log(1)\n", { board: "picco" }),
        of("no-heap", "console.log(1)\n", { heap: "much" }),
        of("no-scenario", "console.log(1)\n", { scenario: "src/none.json" }),
        of("no-time", "console.log(1)\n", { for: "soon" }),
        of("no-world", "console.log(1)\n", { world: "flat" }),
    ]
}

/** What the command line tells of a case, run in this process. */
export class CommandLine {
    private readonly folder = mkdtempSync(join(tmpdir(), "heapscope-project-"))

    constructor() {
        this.write(PROJECT_FILES)
    }

    async told(one: ReportCase): Promise<Told> {
        this.write(one.files)
        const cwd = one.root === PACKAGE_ROOT ? packageRoot() : this.folder
        const flags = Object.entries(one.flags).flatMap(([name, value]) => [
            `--${name}`,
            String(value),
        ])
        const ended = await heapscopeHere(["sim", one.entry, "--json", "--quiet", ...flags], {
            cwd,
        })
        const {
            error,
            wall: _,
            ...report
        } = JSON.parse(ended.stdout) as {
            error?: { code: string; message: string }
            wall?: unknown
        }
        if (!error) return JSON.stringify(report)
        // A setting has no dashes before its name in a tab.
        const message = error.message.replace(/^--/, "")
        return JSON.stringify({ ...error, message, problems: await this.problems(one, cwd) })
    }

    close(): void {
        rmSync(this.folder, { recursive: true, force: true })
    }

    private write(files: Readonly<Record<string, string>>): void {
        for (const [name, text] of Object.entries(files)) {
            const file = join(this.folder, name)
            mkdirSync(dirname(file), { recursive: true })
            writeFileSync(file, text)
        }
    }

    /** Each by itself, as the editor is told. */
    private async problems({ entry }: ReportCase, cwd: string) {
        try {
            await buildProgram(entry, { cwd })
            return []
        } catch (error) {
            return error instanceof CompileError ? error.problems : []
        }
    }
}

/** Everything that is compared in a long run: the package's programs, drawn ones, and what fails. */
export function allCases(seed: number): ReportCase[] {
    const seeds = Array.from({ length: 100 }, (_, i) => 1000 * seed + i)
    return [...programsOfPackage(), ...randomCases(seeds), ...failingCases()]
}

/**
 * Has a tab and the command line report the same programs.
 * @param ask evaluates an expression in a page of the playground, and gives what it promises
 * @throws AssertionError where they differ
 */
export async function expectSameReports(
    cases: readonly ReportCase[],
    ask: (expression: string) => Promise<unknown>,
): Promise<void> {
    const asked = ask(`(${ASK})(${JSON.stringify(cases)})`) as Promise<Told[]>
    // The command line has its turn first.
    asked.catch(() => undefined)
    const commandLine = new CommandLine()
    try {
        const expected: Told[] = []
        for (const one of cases) expected.push(await commandLine.told(one))
        const told = await asked
        const different = cases.flatMap((_, i) => (told[i] === expected[i] ? [] : [i]))
        for (const i of different.slice(0, 1)) expect(told[i], cases[i]!.name).toBe(expected[i])
        expect(different.map(i => cases[i]!.name)).toEqual([])
        const failed = expected.filter(one => one.startsWith('{"code"')).length
        console.log(`${cases.length} programs, of which ${failed} fail`)
    } finally {
        commandLine.close()
    }
}

/** Runs in the page: asks for all at once. */
const ASK = `async cases => {
    const { link } = globalThis.heapscope
    return Promise.all(cases.map(async ({ root, entry, flags, files }) => {
        link.write(Object.entries(files).map(([name, text]) => [root + "/" + name, text]))
        try {
            const { wall, ...report } = await link.report({ cwd: root, entry, flags })
            return JSON.stringify(report)
        } catch ({ code, message, problems }) {
            return JSON.stringify({ code, message, problems })
        }
    }))
}`
