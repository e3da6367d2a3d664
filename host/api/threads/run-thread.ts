import { parentPort, workerData } from "node:worker_threads"
import { HeapscopeError } from "../../base/errors"
import type { RunProgress } from "../../simulator/run"
import { doTask, type ThreadFailure, type ThreadReply, type ThreadRequest } from "./run-all"
import { scenarioAgain } from "../load-scenario"
import { readRunSettings } from "../run-settings"
import type { LoadedScenario, ScenarioOrigin } from "../scenario/loaded-scenario"

/**
 * A thread of `heapscope check` or `fit`: it does one run after the other, as it is told, and answers in the same
 * words whoever runs beside it. It ends with its process.
 */
const { module } = workerData as { module: WebAssembly.Module }

/** Shortest time between two words on how far a run is: each wakes the command's own thread. Milliseconds. */
const PROGRESS_MS = 100

async function answer({
    index,
    task,
    program,
    request,
    scenario,
    settleMs,
    wants,
}: ThreadRequest): Promise<ThreadReply> {
    let toldAt = performance.now()
    const onProgress = (progress: RunProgress) => {
        const now = performance.now()
        if (now - toldAt < PROGRESS_MS) return
        toldAt = now
        reply({ kind: "progress", index, progress })
    }
    try {
        const { interrupted: _, ...answer } = await doTask(task, module, wants, {
            ...readRunSettings(
                { ...request, ...(scenario && { scenario: readOnce(scenario) }) },
                program,
            ),
            ...(settleMs !== undefined && { settleMs }),
            program,
            onProgress,
        })
        return { kind: "done", index, answer }
    } catch (error) {
        return { kind: "failed", index, failure: failureOf(error) }
    }
}

/** The last one, with what it was made of. */
let read: { key: string; scenario: LoadedScenario } | undefined

/** All boards feel the same one, mostly: a recording of a day is read once. */
function readOnce(origin: ScenarioOrigin): LoadedScenario {
    const key = JSON.stringify(origin)
    if (read?.key !== key) read = { key, scenario: scenarioAgain(origin) }
    return read.scenario
}

function failureOf(error: unknown): ThreadFailure {
    if (error instanceof HeapscopeError) {
        const { name, message, code, stack } = error
        return { name, message, code, stack }
    }
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    return { name, message, stack }
}

function reply(message: ThreadReply): void {
    parentPort?.postMessage(message)
}

parentPort?.on("message", async (request: ThreadRequest) => reply(await answer(request)))
