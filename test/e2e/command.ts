import { EventEmitter } from "node:events"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { Readable, Writable } from "node:stream"
import { Script } from "node:vm"
import { packageRoot } from "../../host/base/node/package-root"

/** What a command printed, and its exit code. */
export interface Ended {
    code: number
    stdout: string
    stderr: string
}

const FILE = join(packageRoot(), "dist/command.cjs")

type Wrapped = (
    exports: object,
    require: (name: string) => unknown,
    module: { exports: object },
    file: string,
    folder: string,
    process: object,
) => void

let wrapped: Wrapped | undefined
let running = 0
let home = ""

/**
 * Runs the command line as built, from its arguments to its exit code, in this process: each time all of
 * it is loaded anew and sees a `process` of its own, as one without a terminal. A process of Node's takes
 * longer to start than most commands take; what is about processes (signals, terminals, files as output)
 * has one.
 * @param cwd the same for all that run at once
 */
export async function heapscopeHere(
    args: readonly string[],
    { cwd = packageRoot(), env = process.env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
    wrapped ??= load()
    const [stdout, stderr] = [new Captured(), new Captured()]
    const own = ownProcess([process.execPath, join(dirname(FILE), "cli.js"), ...args], env, {
        ...{ stdout, stderr },
    })
    const ordinary = createRequire(FILE)
    const require = (name: string) =>
        /^(node:)?process$/.test(name) ? own : (ordinary(name) as unknown)
    const module = { exports: {} as { main(): Promise<void> } }
    if (running++ === 0) home = process.cwd()
    process.chdir(cwd)
    try {
        wrapped(module.exports, require, module, FILE, dirname(FILE), own)
        await module.exports.main()
    } finally {
        if (--running === 0) process.chdir(home)
    }
    return { code: own.exitCode ?? 0, stdout: stdout.text, stderr: stderr.text }
}

function load(): Wrapped {
    const names = "exports, require, module, __filename, __dirname, process"
    const text = `(function (${names}) {${readFileSync(FILE, "utf8")}\n})`
    return new Script(text, { filename: FILE }).runInThisContext() as Wrapped
}

/** Keeps what is written, as a pipe would pass it on. */
class Captured extends Writable {
    text = ""
    /** No file. */
    readonly fd = -1

    override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
        this.text += chunk.toString()
        done()
    }
}

/** `process` with arguments, environment, streams, listeners and an exit code of its own. */
function ownProcess(
    argv: string[],
    env: NodeJS.ProcessEnv,
    streams: { stdout: Captured; stderr: Captured },
): { exitCode?: number } {
    const events = new EventEmitter()
    const bound = ["on", "once", "off", "removeListener", "listenerCount", "emit"] as const
    return Object.defineProperties(
        Object.create(process) as { exitCode?: number },
        Object.getOwnPropertyDescriptors({
            ...Object.fromEntries(bound.map(name => [name, events[name].bind(events)])),
            ...{ argv, env: { ...env }, ...streams, stdin: Readable.from([]) },
            exitCode: undefined,
            exit: () => {
                throw new Error("a command ended its process")
            },
        }),
    )
}
