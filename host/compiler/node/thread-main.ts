import { parentPort } from "node:worker_threads"
import type { ServiceTools } from "../build-config"
import { compileProject, type CompileResult } from "../compile-project"
import { KeptTrees } from "../kept-trees"
import { DiskFiles, type InputFacts } from "./disk-files"
import { loadCompiler } from "./load-compiler"

/** One compile, as the thread is told of it. */
export interface CompileRequest {
    /** Absolute path. */
    project: string
    /** Path of the program from there. */
    entry: string
    /** Texts to read in place of files, by absolute path. */
    instead?: Readonly<Record<string, string>>
    /** What is wrong is wanted soon, rather than in the official order. */
    isDraft?: boolean
}

/** What it answers. */
export type CompileReply = { failure: string } | (CompileResult & { inputs: InputFacts })

/**
 * The compiler's own thread: it stays loaded, and compiles one program after the other. It ends with
 * the process that started it, whatever ends that.
 */
const { compiler, keepCode } = loadCompiler()
const trees = new KeptTrees()
let isCodeKept = false

async function compile({
    project,
    entry,
    instead,
    isDraft,
}: CompileRequest): Promise<CompileReply> {
    const files = new DiskFiles(project, instead)
    try {
        const result = await compileProject(
            compiler,
            trees,
            files,
            entry,
            loadServiceTools,
            isDraft,
        )
        return { ...result, inputs: files.inputs }
    } catch (error) {
        return { failure: (error as Error).message }
    }
}

async function loadServiceTools(): Promise<ServiceTools> {
    return (await import("jacdac-ts")) as unknown as ServiceTools
}

parentPort?.on("message", async (request: CompileRequest) => {
    const reply = await compile(request)
    // Now V8 has compiled what a compile needs; after the answer it may be too late.
    if (!isCodeKept) keepCode()
    isCodeKept = true
    parentPort?.postMessage(reply)
})
