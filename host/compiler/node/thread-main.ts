import { parentPort } from "node:worker_threads"
import type { ServiceTools } from "../build-config"
import { KeptTrees } from "../kept-trees"
import { answerRequest, type CompileRequest } from "./compile-request"
import { loadCompiler } from "./load-compiler"

/**
 * The compiler's own thread: it stays loaded, and compiles one program after the other. It ends with
 * the process that started it, whatever ends that.
 */
const { compiler, keepCode } = loadCompiler()
const trees = new KeptTrees()
let isCodeKept = false

async function loadServiceTools(): Promise<ServiceTools> {
    return (await import("jacdac-ts")) as unknown as ServiceTools
}

parentPort?.on("message", async (request: CompileRequest) => {
    const reply = await answerRequest(compiler, trees, request, loadServiceTools)
    // Now V8 has compiled what a compile needs; after the answer it may be too late.
    if (!isCodeKept) keepCode()
    isCodeKept = true
    parentPort?.postMessage(reply)
})
