import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ERROR_CODES, type ErrorFacts } from "../../host/base/error-codes"
import { packageRoot } from "../../host/base/node/package-root"
import { buildProgram } from "../../host/compiler/node/build"
import { heapscopeHere } from "./command"

const root = packageRoot()
/** Two programs are compiled, beside whatever else runs. */
const COMPILING_MS = 90_000
let folder: string
let project: string

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-errors-"))
    project = join(folder, "project")
    mkdirSync(join(project, "src"), { recursive: true })
    const files = {
        "../alone.ts": "console.log(1)\n",
        "devsconfig.json": "{}",
        "package.json": '{ "name": "errors" }',
        "damaged.devs": "this is not bytecode",
        "wrong.board.json": "{ }",
        "src/main.ts": readFileSync(join(root, "test/vm/programs/live-objects.ts"), "utf8"),
        "src/broken.ts": "const text: string = 1\n",
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text)
    // A folder that anybody may put a project into, as the system's temporary one is.
    const shared = join(folder, "shared")
    mkdirSync(shared)
    for (const file of ["devsconfig.json", "mine.ts"]) writeFileSync(join(shared, file), "{}")
    chmodSync(shared, 0o777)
    // Compiled once for all examples.
    await buildProgram("src/main.ts", { cwd: project })
}, COMPILING_MS)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const heapscope = (args: readonly string[]) => heapscopeHere(args, { cwd: project })

const EXAMPLES = Object.entries<ErrorFacts>(ERROR_CODES).flatMap(([code, { command }]) =>
    command === undefined ? [] : [[command, code] as const],
)

describe("the examples of the table fail as they say, with --json on stdout alone:", () => {
    test.concurrent.each(EXAMPLES)("%s: %s", { timeout: COMPILING_MS }, async (command, code) => {
        const [, ...args] = command.split(" ")
        const failed = await heapscope([...args, "--json"])
        const lines = failed.stdout.trimEnd().split("\n")
        // Of what is watched, a line an event goes before.
        if (args[0] !== "watch") expect(lines).toHaveLength(1)
        const { error } = JSON.parse(lines.at(-1)!) as { error: { code: string; message: string } }
        expect(error.code).toBe(code)
        // People are told the same.
        expect(failed.stderr).toContain(error.message.split("\n")[0])
        expect(failed.code).toBe(code === "E_MOMENT" ? 1 : 2)
    })
})

test(
    "every command's failure is JSON, wrong flags included",
    { timeout: COMPILING_MS },
    async () => {
        const commands = "sim watch compare profile snapshot diff check boards ports deploy lesson"
        for (const args of [...commands.split(" ").map(name => [name, "--wrong-flag"]), []]) {
            const failed = await heapscope([...args, "--json"])
            const { error } = JSON.parse(failed.stdout) as {
                error: { code: string; message: string }
            }
            expect(error.code).toBe("E_UNKNOWN_FLAG")
            expect(failed.code).toBe(2)
        }
    },
)

test("--json behind -- is no flag", async () => {
    const { stdout, code } = await heapscope(["sim", "--", "--json"])
    expect(stdout).toBe("")
    expect(code).toBe(2)
})

test("bytecode that only the VM's verifier finds damaged is bad input", async () => {
    const { bytecode } = await buildProgram("src/main.ts", { cwd: project })
    const image = bytecode.slice()
    // Where the code of the first function begins: outside the section of code.
    const functions = new DataView(image.buffer).getUint32(32, true)
    image[functions + 1]! ^= 0xff
    writeFileSync(join(project, "refused.devs"), image)
    for (const args of [["sim"], ["check"]]) {
        const failed = await heapscope([...args, "refused.devs"])
        expect(failed).toMatchObject({
            code: 2,
            stdout: "",
            stderr: expect.stringMatching(
                /^heapscope: the VM's verifier refuses the program \(code \d+\): .*\n$/,
            ) as string,
        })
    }
}, 30_000)

test(
    "a list whose length is set is told with its line, in JSON, too",
    async () => {
        const failed = await heapscope([
            "sim",
            join(root, "test/vm/programs/corrupt-length.ts"),
            "--json",
        ])
        const { error } = JSON.parse(failed.stdout) as { error: { code: string; message: string } }
        expect(error.code).toBe("E_HEAP_CORRUPTED")
        expect(error.message).toMatch(
            /whose length is set.*corrupt-length\.ts:4\. Make a new array/,
        )
        expect(failed.code).toBe(1)
    },
    COMPILING_MS,
)
