import type { IdleHeap } from "../../simulator/idle-heap"
import type { SimulationAnswer, SimulationRequest } from "./simulation-messages"
import type { Simulations } from "./simulations"

interface Waiting {
    resolve(found: unknown): void
    reject(error: Error): void
}

/** Simulations in a worker that runs `simulation-worker.ts`. It is started when something is asked first. */
export function workerSimulations(startWorker: () => Worker): Simulations {
    let worker: Worker | undefined
    const waiting: Waiting[] = []
    const idleHeaps = new Map<string, Promise<IdleHeap>>()
    const start = (): Worker => {
        const started = startWorker()
        started.addEventListener("message", ({ data }: MessageEvent<SimulationAnswer>) => {
            const asked = waiting.shift()
            if ("failed" in data) asked?.reject(new Error(data.failed))
            else asked?.resolve(data.found)
        })
        started.addEventListener("error", ({ message }) => {
            worker = undefined
            const why = message || "its script cannot be loaded"
            for (const { reject } of waiting.splice(0))
                reject(new Error(`what simulates boards has failed: ${why}`))
        })
        return started
    }
    const ask = <T>(request: SimulationRequest): Promise<T> =>
        new Promise((resolve, reject) => {
            waiting.push({ resolve: found => resolve(found as T), reject })
            worker ??= start()
            worker.postMessage(request)
        })
    return {
        idle(board) {
            const known = idleHeaps.get(board.id) ?? ask<IdleHeap>({ kind: "idle", board })
            idleHeaps.set(board.id, known)
            known.catch(() => idleHeaps.delete(board.id))
            return known
        },
        start: (board, program) => ask({ kind: "start", board, program }),
        simulated: (board, program) => ask({ kind: "simulated", board, program }),
    }
}
