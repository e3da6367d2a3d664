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
/**
 * How long the caller's thread is alone with the runs, milliseconds: about what another takes of a processor before
 * it begins its first. So short runs do not pay for threads, and long ones lose no more than that.
 */
const ALONE_MS = 500

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
    /** At once, each in a thread of its own; one of them is the caller's, which begins alone. */
    jobs: number
    /** The caller's thread takes none: whoever waits for them has other things to do. */
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
    const isAlone = !existsSync(file)
    const jobs = isAlone ? 1 : Math.min(options.jobs, runs.length)
    const isApart = !isAlone && options.isApart === true
    return new ThreadPool(task, module, runs, { ...options, jobs, isApart }).run(file)
}

/** Does a run in this thread. @returns nothing when the signal ended it */
async function doHere<N extends RunTaskName>(
    task: N,
    module: WebAssembly.Module,
    { program, run, wants }: TaskRun<N>,
    told: Pick<RunOptions, "signal" | "onProgress">,
): Promise<RunAnswer<N> | undefined> {
    const { request: _, ...settings } = run
    const { interrupted, ...answer } = await doTask(task, module, wants, {
        ...{ ...settings, program },
        ...told,
    })
    return interrupted || told.signal?.aborted ? undefined : (answer as unknown as RunAnswer<N>)
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

/** Threads that take one run after the other, this one among them unless it has other things to do. */
class ThreadPool<N extends RunTaskName> {
    private readonly workers = new Set<Worker>()
    private readonly results: (RunAnswer<N> | HeapscopeError | Error | undefined)[] = []
    private readonly over = new AbortController()
    private next = 0
    private told = 0

    constructor(
        private readonly task: N,
        private readonly module: WebAssembly.Module,
        private readonly runs: readonly TaskRun<N>[],
        private readonly options: RunAllOptions<N>,
    ) {}

    async run(file: string): Promise<boolean> {
        const { signal, isApart, jobs } = this.options
        let interrupt = () => undefined as void
        let timer: NodeJS.Timeout | undefined
        let here: Promise<void> | undefined
        try {
            return await new Promise<boolean>((resolve, reject) => {
                interrupt = () => resolve(false)
                if (this.runs.length === 0) return resolve(true)
                if (signal?.aborted) return resolve(false)
                signal?.addEventListener("abort", interrupt)
                const settle = () => {
                    try {
                        if (this.tell()) resolve(true)
                    } catch (error) {
                        this.over.abort()
                        reject(error as Error)
                    }
                }
                if (isApart) this.startSome(file, jobs, settle)
                else {
                    timer = setTimeout(() => this.startSome(file, jobs - 1, settle), ALONE_MS)
                    here = this.work(settle)
                }
            })
        } finally {
            signal?.removeEventListener("abort", interrupt)
            clearTimeout(timer)
            this.over.abort()
            await Promise.all([here, ...[...this.workers].map(worker => worker.terminate())])
        }
    }

    /** Takes runs in this thread, until none is left or all is over. */
    private async work(settle: () => void): Promise<void> {
        const { signal, onProgress } = this.options
        const ended = AbortSignal.any([this.over.signal, ...(signal ? [signal] : [])])
        for (let index = this.take(); index !== undefined; index = this.take()) {
            const number = index
            const answer = await doHere(this.task, this.module, this.runs[number]!, {
                signal: ended,
                onProgress: progress => onProgress(number, progress),
            }).catch((error: Error) => error)
            if (!answer || ended.aborted) return
            this.results[number] = answer
            settle()
            if (ended.aborted) return
        }
    }

    /** Starts so many threads, or as many as runs are left. */
    private startSome(file: string, threads: number, settle: () => void): void {
        const wanted = Math.min(threads, this.runs.length - this.next)
        for (let i = 0; i < wanted; i++) this.start(file, settle)
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

    /** The index of a run that nobody has yet; none when there is no such. */
    private take(): number | undefined {
        return this.next < this.runs.length ? this.next++ : undefined
    }

    /** Hands a thread the next run. @returns its index */
    private give(worker: Worker): number | undefined {
        const index = this.take()
        if (index === undefined) return undefined
        const { task } = this
        const { program, run, wants } = this.runs[index]!
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
