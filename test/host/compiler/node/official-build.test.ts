import { spawn } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { createInterface } from "node:readline"
import { expect, test, onTestFinished } from "vitest"
import { OPTIMIZE_LATER } from "../../../../host/base/node/optimize-later"
import { packageRoot } from "../../../../host/base/node/package-root"
import { findCli } from "../../../../host/compiler/node/cli-package"
import { CompilerThread } from "../../../../host/compiler/node/compiler-thread"
import { shareOf } from "../../../vm/share"
import { copyProject } from "./build-project"
import { makeOwnSnapshot } from "./snapshot/made-snapshot"

const root = packageRoot()
/** So many programs of the repository are compared, or "all": `npm run test:long`. */
const COUNT = process.env.HEAPSCOPE_COMPILED_PROGRAMS
const ALL = COUNT !== undefined

interface Official {
    success?: boolean
    failure?: string
    messages?: string[]
    bytecode?: string
    debug?: string
}

/** The official compiler, loaded once. */
function startOfficial() {
    const script = join(root, "test/host/compiler/node/official-build.mjs")
    const child = spawn(process.execPath, [...OPTIMIZE_LATER, script, findCli().bundle], {
        stdio: ["pipe", "pipe", "inherit"],
        env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
    })
    onTestFinished(() => void child.kill())
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return async (project: string, entry: string): Promise<Official> => {
        child.stdin.write(JSON.stringify([project, entry]) + "\n")
        const { value } = (await lines.next()) as { value: string }
        return JSON.parse(value) as Official
    }
}

/** A project of programs that are wrong or odd, each in its own way. */
function oddPrograms(): [string, string][] {
    const project = copyProject()
    const programs = {
        "type.ts": "const a: number = 1\nconst b: string = a\n",
        "syntax.ts": "const a = (\n",
        "import.ts": 'import { nothing } from "./nowhere"\nconsole.log(nothing)\n',
        "unsupported.ts": "class A { get x() { return 1 } }\nconsole.log(new A().x)\n",
        "warns.ts": "class A { toString() { return 1 } }\nconsole.log(new A())\n",
        // What adds to the libraries' own names may be an error in a library.
        "clash.ts":
            "function isNaN(x: string): boolean { return x === null }\nconsole.log(isNaN(''))\n",
        "merge.ts": "interface Array<T> { pop(): string }\nconsole.log([1].length)\n",
        "global.ts":
            "export const one = 1\ndeclare global { interface Buffer { length: string } }\nconsole.log(one)\n",
        "jsx.tsx": "console.log(1)\n",
    }
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(project, name), text)
    return [...Object.keys(programs), "src/main.ts", "src/broken.ts"].map(name => [project, name])
}

function programsOf(folder: string, some: readonly string[]): [string, string][] {
    const project = join(root, folder)
    const names = ALL
        ? readdirSync(project, { recursive: true, encoding: "utf8" }).filter(
              name => name.endsWith(".ts") && !/node_modules|\.devicescript/.test(name),
          )
        : some
    return names.map(name => [project, name])
}

test(
    "the compiler alone, kept warm, in a thread or from a snapshot, gives what the official command line gives, byte for byte",
    { timeout: ALL ? 3_600_000 : 180_000 },
    async () => {
        const official = startOfficial()
        const made = ALL ? await makeOwnSnapshot() : undefined
        if (made) onTestFinished(made.remove)
        // That a snapshot gives what the thread gives, the tests of snapshots show of a few.
        const ways = [() => undefined, ...(made ? [() => made.snapshot] : [])].map(
            find => new CompilerThread(60_000, find),
        )
        const right = [
            ...programsOf("devs", ["station/main.ts"]),
            ...programsOf("test/vm/programs", ["ring-buffer.ts", "live-timers.ts"]),
        ]
        const programs = [
            ...(ALL ? oddPrograms() : shareOf(oddPrograms(), 3)),
            ...(COUNT === undefined || COUNT === "all" ? right : shareOf(right, Number(COUNT))),
        ]
        for (const [project, entry] of programs) {
            const name = join(relative(root, project), entry)
            const theirs = await official(project, entry)
            for (const ours of ways) {
                const reply = await ours.ask({ project, entry })
                if ("failure" in reply) expect(theirs.failure, name).toBe(reply.failure)
                else {
                    expect(reply.success, name).toBe(theirs.success)
                    expect(reply.diagnostics.map(({ text }) => text)).toEqual(theirs.messages)
                    expect(hex(reply.bytecode), name).toBe(theirs.bytecode)
                    expect(reply.debugJson === theirs.debug, name).toBe(true)
                }
            }
        }
        if (made) expect(made.snapshot.isThere).toBe(true)
        console.log(`${programs.length} programs`)
    },
)

function hex(bytes: Uint8Array | undefined): string | undefined {
    return bytes && Buffer.from(bytes).toString("hex")
}
