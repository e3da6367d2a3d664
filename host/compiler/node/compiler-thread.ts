import { existsSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { packageRoot } from "../../base/node/package-root"
import { UserError } from "../../base/errors"
import { CompileError } from "./compile-error"
import type { CompileReply, CompileRequest } from "./thread-main"

/** `thread-main.ts` in the built package. */
const THREAD_FILE = "compiler-thread.js"
/** Memory that a compile may take; the largest programs that fit a board take a quarter of it. */
const MAX_HEAP_MB = 2048
/** How long it waits for another program, in milliseconds; its memory is wanted for other things. */
const IDLE_MS = 1000

/**
 * A thread with the compiler in it, started when it is first asked and gone when it was not asked for a
 * while. It compiles one program at a time. It does not keep its process running, and ends with it.
 */
export class CompilerThread {
    private worker: Worker | undefined
    private last: Promise<unknown> = Promise.resolve()
    private idle: NodeJS.Timeout | undefined

    constructor(private idleMs = IDLE_MS) {}

    /** Keeps the compiler loaded so much longer, in milliseconds. */
    stayLoaded(idleMs: number): void {
        this.idleMs = idleMs
    }

    /**
     * Compiles after all that was asked for before.
     * @throws CompileError when that takes too much memory, and the signal's reason when interrupted
     */
    ask(request: CompileRequest, signal?: AbortSignal): Promise<CompileReply> {
        const reply = this.last.then(() => this.compile(request, signal))
        this.last = reply.catch(() => undefined)
        return reply
    }

    private async compile(request: CompileRequest, signal?: AbortSignal): Promise<CompileReply> {
        signal?.throwIfAborted()
        clearTimeout(this.idle)
        const worker = (this.worker ??= start())
        worker.ref()
        let isDone = false
        let interrupt = () => undefined as void
        const { promise: interrupted, reject } = withReject()
        try {
            interrupt = () => reject(signal?.reason)
            signal?.addEventListener("abort", interrupt)
            const reply = await Promise.race([interrupted, answer(worker, request)])
            isDone = true
            return reply
        } finally {
            signal?.removeEventListener("abort", interrupt)
            if (isDone) this.rest(worker)
            else {
                this.worker = undefined
                await worker.terminate()
            }
        }
    }

    private rest(worker: Worker): void {
        worker.unref()
        this.idle = setTimeout(() => {
            this.worker = undefined
            void worker.terminate()
        }, this.idleMs)
        // A browser's has no process to keep.
        this.idle.unref?.()
    }
}

function start(): Worker {
    const file = join(packageRoot(), "dist", THREAD_FILE)
    if (!existsSync(file))
        throw new UserError(
            "E_COMPILER_MISSING",
            `${file} is missing: run \`npm run prepare\` in ${packageRoot()} first.`,
        )
    // Flags of this process, a debugger's or a test's, are not for the compiler.
    const worker = new Worker(file, {
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    // Whoever waits is told; when nobody does, it is gone.
    worker.on("error", () => undefined)
    return worker
}

function answer(worker: Worker, request: CompileRequest): Promise<CompileReply> {
    return new Promise((resolve, reject) => {
        const settle = () => {
            worker.off("message", onMessage).off("error", onError).off("exit", onExit)
        }
        const onMessage = (reply: CompileReply) => (settle(), resolve(reply))
        const onError = (error: Error) => (settle(), reject(describeCrash(error)))
        const onExit = () => (settle(), reject(new Error("The DeviceScript compiler ended early.")))
        worker.on("message", onMessage).on("error", onError).on("exit", onExit)
        worker.postMessage(request)
    })
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
    let reject: (reason: unknown) => void = () => undefined
    const promise = new Promise<never>((_, fail) => (reject = fail))
    promise.catch(() => undefined)
    return { promise, reject }
}

function describeCrash(error: NodeJS.ErrnoException): Error {
    if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error
    return new CompileError(
        `The program is too large to compile: the compiler needs more than ${MAX_HEAP_MB} MB.`,
    )
}
