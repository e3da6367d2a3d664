import { existsSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { HeapscopeError, ProgramError, UserError } from "../../base/errors"
import type { ErrorCode } from "../../base/error-codes"
import { packageRoot } from "../../base/node/package-root"
import type { Program } from "../../model/program/program"
import type { RunOptions, RunProgress } from "../../simulator/run"
import type { readRunSettings, RunSettings } from "../run-settings"
import type { ScenarioOrigin } from "../scenario/loaded-scenario"
import { RUN_TASKS, type RunAnswer, type RunTaskName, type RunWants } from "./run-tasks"

/** `run-thread.ts` in the built package. */
const THREAD_FILE = "run-thread.js"

/** A run as it was asked for, which another thread can be told, and as it is. */
export type PlannedRun = ReturnType<typeof readRunSettings> & {
    settleMs?: number
    request: RunSettings
}

/** A run of a program, and what its task is told beside. */
export interface TaskRun<N extends RunTaskName> {
    program: Program
    run: PlannedRun
    wants: RunWants<N>
}

/** How runs are done. */
export interface RunAllOptions<N extends RunTaskName> {
    /** At once, each in a thread of its own; one run alone takes none. */
    jobs: number
    /** One run alone takes a thread, too: whoever waits for it has other things to do. */
    isApart?: boolean
    signal?: AbortSignal | undefined
    /** Of any of them that is under way. */
    onProgress: (index: number, progress: RunProgress) => void
    /** In the order of the runs, whichever is done first. */
    onDone: (index: number, answer: RunAnswer<N>) => void
}

/** What a thread is told to do. */
export interface ThreadRequest {
    index: number
    task: RunTaskName
    program: Program
    request: Omit<PlannedRun["request"], "scenario">
    /** What it reads its scenario from: as it was read, no thread can be told it. */
    scenario?: ScenarioOrigin
    settleMs: number | undefined
    wants: RunWants<RunTaskName>
}

/** What it answers. */
export type ThreadReply =
    | { kind: "progress"; index: number; progress: RunProgress }
    | { kind: "done"; index: number; answer: RunAnswer<RunTaskName> }
    | { kind: "failed"; index: number; failure: ThreadFailure }

/** An error, which a thread cannot hand over as it is. */
export interface ThreadFailure {
    name: string
    message: string
    code?: ErrorCode
    stack?: string | undefined
}

/**
 * Does a task to every run.
 * @returns whether all were done; false when the signal ended it
 * @throws what the first run that fails, in their order, throws
 */
export function runAll<N extends RunTaskName>(
    task: N,
    module: WebAssembly.Module,
    runs: readonly TaskRun<N>[],
    options: RunAllOptions<N>,
): Promise<boolean> {
    const file = join(packageRoot(), "dist", THREAD_FILE)
    const threads = Math.min(options.jobs, runs.length)
    return (threads > 1 || options.isApart) && existsSync(file)
        ? new ThreadPool(task, module, runs, options).run(file, threads)
        : oneByOne(task, module, runs, options)
}

async function oneByOne<N extends RunTaskName>(
    task: N,
    module: WebAssembly.Module,
    runs: readonly TaskRun<N>[],
    { signal, onProgress, onDone }: RunAllOptions<N>,
): Promise<boolean> {
    for (const [index, { program, run, wants }] of runs.entries()) {
        const { request: _, ...settings } = run
        const { interrupted, ...answer } = await doTask(task, module, wants, {
            ...{ ...settings, program },
            ...(signal && { signal }),
            onProgress: progress => onProgress(index, progress),
        })
        if (interrupted || signal?.aborted) return false
        onDone(index, answer as unknown as RunAnswer<N>)
    }
    return true
}

/** The task of this name. What it wants goes with its name, which the types of a table do not tell. */
export function doTask<N extends RunTaskName>(
    task: N,
    module: WebAssembly.Module,
    wants: RunWants<N>,
    options: RunOptions,
): Promise<RunAnswer<N> & { interrupted: boolean }> {
    const work = RUN_TASKS[task] as unknown as (
        module: WebAssembly.Module,
        options: RunOptions & RunWants<N>,
    ) => Promise<RunAnswer<N> & { interrupted: boolean }>
    return work(module, { ...options, ...wants })
}

/** Threads that take one run after the other. */
class ThreadPool<N extends RunTaskName> {
    private readonly workers = new Set<Worker>()
    private readonly results: (RunAnswer<N> | HeapscopeError | Error | undefined)[] = []
    private next = 0
    private told = 0

    constructor(
        private readonly task: N,
        private readonly module: WebAssembly.Module,
        private readonly runs: readonly TaskRun<N>[],
        private readonly options: RunAllOptions<N>,
    ) {}

    async run(file: string, threads: number): Promise<boolean> {
        const { signal } = this.options
        let interrupt = () => undefined as void
        try {
            return await new Promise<boolean>((resolve, reject) => {
                interrupt = () => resolve(false)
                if (signal?.aborted) return resolve(false)
                signal?.addEventListener("abort", interrupt)
                const settle = () => {
                    try {
                        if (this.tell()) resolve(true)
                    } catch (error) {
                        reject(error as Error)
                    }
                }
                for (let i = 0; i < threads; i++) this.start(file, settle)
            })
        } finally {
            signal?.removeEventListener("abort", interrupt)
            await Promise.all([...this.workers].map(worker => worker.terminate()))
        }
    }

    private start(file: string, settle: () => void): void {
        const worker = new Worker(file, { execArgv: [], workerData: { module: this.module } })
        this.workers.add(worker)
        let index = this.give(worker)
        worker.on("message", (reply: ThreadReply) => {
            if (reply.kind === "progress") this.options.onProgress(reply.index, reply.progress)
            else {
                this.results[reply.index] =
                    reply.kind === "done" ? (reply.answer as RunAnswer<N>) : errorOf(reply.failure)
                index = this.give(worker)
                settle()
            }
        })
        worker.on("error", error => {
            if (index !== undefined) this.results[index] = error
            settle()
        })
    }

    /** Hands a thread the next run. @returns its index */
    private give(worker: Worker): number | undefined {
        const index = this.next
        const given = this.runs[index]
        if (!given) return undefined
        this.next++
        const { task } = this
        const { program, run, wants } = given
        const { settleMs } = run
        const { scenario, ...request } = run.request
        const told: ThreadRequest = {
            ...{ index, task, program, request, settleMs, wants },
            ...(scenario && { scenario: scenario.origin }),
        }
        worker.postMessage(told)
        return index
    }

    /** Tells of all that come next. @returns whether all are told */
    private tell(): boolean {
        for (let result = this.results[this.told]; result; result = this.results[this.told]) {
            if (result instanceof Error) throw result
            this.results[this.told] = undefined
            this.options.onDone(this.told++, result)
        }
        return this.told === this.runs.length
    }
}

function errorOf({ name, message, code, stack }: ThreadFailure): Error {
    if (code === undefined) return Object.assign(new Error(message), { name, stack })
    if (name === "UserError") return new UserError(code, message)
    return name === "ProgramError"
        ? new ProgramError(code, message)
        : new HeapscopeError(code, message)
}
