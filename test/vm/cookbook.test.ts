import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, expect, test } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import * as library from "../../src"
import { fromRoot, printed, vm } from "./harness"
import { run } from "../../host/simulator/run"

const text = readFileSync(fromRoot("src/COOKBOOK.md"), "utf8")
const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!)
/** All of them compile as one program. */
const COMPILE_MS = 60_000

mkdirSync(fromRoot("node_modules/.cache"), { recursive: true })
const folder = mkdtempSync(fromRoot("node_modules/.cache/cookbook-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a line is to print stands in the comment behind it. */
function expectedOf(code: string): string[] {
    return [...code.matchAll(/^ *(?:if \(.*\) )?console\.log\(.*\) \/\/ (.*)$/gm)].map(
        ([, said]) => said!,
    )
}

test(
    "every example on the page prints on the board's VM what stands beside it",
    async () => {
        const imports = new Set<string>()
        const bodies = examples.map((code, i) => {
            const body = code.replace(
                /^import \{ (.*) \} from "heapscope"\n/gm,
                (_, names: string) => {
                    for (const name of names.split(", ")) imports.add(name)
                    return ""
                },
            )
            expect(expectedOf(code), code).not.toEqual([])
            // The compiler takes classes at the top level only.
            const classes = body.match(/^class [^]*?^}\n/gm) ?? []
            const rest = classes.reduce((text, one) => text.replace(one, ""), body)
            return `${classes.join("")}function example${i}() {\n${rest}}\nexample${i}()\n`
        })
        writeFileSync(join(folder, "devsconfig.json"), "{}")
        writeFileSync(join(folder, "package.json"), '{ "name": "cookbook" }')
        writeFileSync(
            join(folder, "main.ts"),
            `import { ${[...imports].join(", ")} } from "../../../src/index"\n${bodies.join("\n")}`,
        )
        const program = await buildProgram("main.ts", { cwd: folder })
        const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
        const { report } = await run(vm, { program, board, forMs: 1000 })
        expect(report.outcome.kind).toBe("finished")
        expect(printed(report.log)).toEqual(examples.flatMap(expectedOf))
    },
    COMPILE_MS,
)

test("the command on the page prints the rows of the table above it", async () => {
    const [, command = ""] = /```sh\n(.*?)```/s.exec(text) ?? []
    const { stdout } = await promisify(execFile)("bash", ["-c", command], { cwd: fromRoot() })
    const rows = stdout.trimEnd().split("\n")
    expect(rows).toEqual([...command.matchAll(/^# (.*)$/gm)].map(([, row]) => row))
    expect(rows.length).toBe(2)
    for (const row of rows) expect(text).toContain(row.match(/../g)!.join(" "))
})

test("no structure is without an example", () => {
    const classes = Object.entries(library)
        .filter(([, value]) => typeof value === "function" && /^class\b/.test(String(value)))
        .map(([name]) => name)
        // Other names of the same.
        .filter(name => name !== "FixedDeque")
    expect(classes.length).toBeGreaterThan(15)
    for (const name of classes) expect(text, name).toContain(`new ${name}`)
})
