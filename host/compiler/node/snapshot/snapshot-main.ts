import { createRequire } from "node:module"
import * as path from "node:path"
import { startupSnapshot } from "node:v8"
import type { ServiceTools } from "../../build-config"
import { COMPILER_FILE } from "../../compiler-file"
import { compileProject } from "../../compile-project"
import { KeptTrees } from "../../kept-trees"
import { startCompiler, type CompilerFactory, type OfficialCompiler } from "../../official-compiler"
import { answerRequest, type CompileRequest } from "../compile-request"
import { readAscii } from "../kept-code"
import { ACKNOWLEDGED } from "../server/compile-client"
import { writeReply } from "../server/reply-line"
import { WARM_UP_ENTRY, WARM_UP_FILES } from "./warm-up"

const trees = new KeptTrees()

/**
 * `node --build-snapshot compiler-snapshot.cjs <dist>`: loads the compiler, has it compile a program, and is
 * kept as it is then. `node --snapshot-blob <that> <dist>` goes on from there: it answers requests, one a
 * line of its standard input, each with an empty line when it begins and one with the reply, and ends with
 * its input.
 */
async function prepare(): Promise<void> {
    const source = readAscii(path.join(process.argv[2] ?? __dirname, COMPILER_FILE))
    // The package's own file. What `node:vm` makes is not for snapshots.
    // oxlint-disable-next-line no-eval
    const make = globalThis.eval(source) as CompilerFactory
    const compiler = startCompiler(make, path)
    const { success, diagnostics } = await compileProject(
        compiler,
        trees,
        WARM_UP_FILES,
        WARM_UP_ENTRY,
        () => Promise.reject(new Error("no service is its own")),
    )
    if (!success)
        throw new Error(
            `the program of the snapshot: ${diagnostics.map(one => one.text).join("\n")}`,
        )
    startupSnapshot.setDeserializeMainFunction(() => serve(compiler))
}

function serve(compiler: OfficialCompiler): void {
    let last = Promise.resolve()
    let begun = ""
    process.stdin.setEncoding("utf8")
    process.stdin.on("data", data => {
        const lines = (begun + String(data)).split("\n")
        begun = lines.pop()!
        for (const line of lines) last = last.then(() => answer(compiler, line))
    })
    process.stdin.on("end", () => process.exit(0))
}

async function answer(compiler: OfficialCompiler, line: string): Promise<void> {
    process.stdout.write(ACKNOWLEDGED)
    const request = JSON.parse(line) as CompileRequest
    process.stdout.write(
        writeReply(await answerRequest(compiler, trees, request, loadServiceTools)),
    )
}

function loadServiceTools(): Promise<ServiceTools> {
    // The `require` of a snapshot knows Node's own modules alone.
    const load = createRequire(path.join(process.argv[1]!, "compiler-snapshot.cjs"))
    return Promise.resolve(load("./jacdac-ts.cjs") as ServiceTools)
}

prepare().catch((error: unknown) => {
    console.error(error)
    process.exit(1)
})
