import { fetchCompiler } from "./fetch-site"

/** The compiler's own worker: what it is asked before the compiler is there waits. */
const early: MessageEvent[] = []
globalThis.onmessage = event => void early.push(event)

async function begin(): Promise<void> {
    await fetchCompiler()
    await import("../../compiler/node/thread-main")
    for (const event of early) globalThis.onmessage?.call(globalThis as never, event)
}

begin().catch((error: unknown) => {
    // Whoever waits hears of it as an error of the worker.
    setTimeout(() => {
        throw error
    })
})
