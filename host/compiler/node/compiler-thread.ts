import { existsSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { packageRoot } from "../../base/node/package-root"
import { UserError } from "../../base/errors"
import { CompileError } from "./compile-error"
import type { CompileReply, CompileRequest } from "./compile-request"
import { CompilerProcess, ProcessEnded } from "./snapshot/compiler-process"
import { KeptSnapshot, MAX_HEAP_MB } from "./snapshot/kept-snapshot"

/** `thread-main.ts` in the built package. */
const THREAD_FILE = "compiler-thread.js"
/** How long it waits for another program, in milliseconds; its memory is wanted for other things. */
const IDLE_MS = 1000

/**
 * A thread with the compiler in it, or a process that goes on from a snapshot of one, where the user's cache
 * has that: started when it is first asked and gone when it was not asked for a while. It compiles one program
 * at a time. It does not keep its process running, and ends with it.
 */
export class CompilerThread {
    private home: CompilerHome | undefined
    /** Nothing can be had of a snapshot. */
    private onlyThread = false
    private last: Promise<unknown> = Promise.resolve()
    private idle: NodeJS.Timeout | undefined

    constructor(
        private idleMs = IDLE_MS,
        private readonly findSnapshot: () => KeptSnapshot | undefined = () => KeptSnapshot.open(),
    ) {}

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
        const home = (this.home ??= this.start())
        home.ref()
        let isDone = false
        let interrupt = () => undefined as void
        const { promise: interrupted, reject } = withReject()
        try {
            interrupt = () => reject(signal?.reason)
            signal?.addEventListener("abort", interrupt)
            const reply = await Promise.race([interrupted, home.answer(request)])
            isDone = true
            return reply
        } catch (error) {
            if (!(error instanceof ProcessEnded)) throw error
            this.onlyThread = true
        } finally {
            signal?.removeEventListener("abort", interrupt)
            if (isDone) this.rest(home)
            else {
                this.home = undefined
                await home.terminate()
            }
        }
        return this.compile(request, signal)
    }

    private start(): CompilerHome {
        const process = this.onlyThread ? undefined : CompilerProcess.start(this.findSnapshot())
        return process ?? startThread()
    }

    private rest(home: CompilerHome): void {
        home.unref()
        this.idle = setTimeout(() => {
            this.home = undefined
            void home.terminate()
        }, this.idleMs)
        // A browser's has no process to keep.
        this.idle.unref?.()
    }
}

/** Where a compiler is loaded. It keeps its process running from `ref` to `unref`. */
interface CompilerHome {
    answer(request: CompileRequest): Promise<CompileReply>
    ref(): void
    unref(): void
    terminate(): Promise<unknown>
}

function startThread(): CompilerHome {
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
    return {
        answer: request => answer(worker, request),
        ref: () => worker.ref(),
        unref: () => worker.unref(),
        terminate: () => worker.terminate(),
    }
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
