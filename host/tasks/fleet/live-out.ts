import { nameOfPanic } from "../../analysis/outcome/panic"
import { ProbeCycles } from "../../analysis/trend/probe-cycles"
import type { ProgramLife } from "../../analysis/trend/program-life"
import { sleep } from "../../base/pause"
import { AgentEvents } from "../../link/agent/agent-events"
import { capacityFor } from "../../model/heap/heap-memory"
import { idleHeap } from "../../simulator/idle-heap"
import { simulate, type RunOptions } from "../../simulator/run"

/** It works for so long, and rests for as long: half a core is enough for what nobody waits for. Milliseconds. */
const WORK_MS = 50

/** What became of a program that was left to itself. */
export interface LivedOut {
    /** Undefined of one that did not run out of memory in the time it had. */
    life: ProgramLife | undefined
    /** Its own time at the end, in simulated milliseconds. */
    ranMs: number
    interrupted: boolean
}

/**
 * Runs a program with the agent until it runs out of memory, and keeps what its agent's probes tell.
 * @param options `forMs` and `timeoutMs` bound it
 * @throws as `run` does
 */
export async function liveOut(module: WebAssembly.Module, options: RunOptions): Promise<LivedOut> {
    const { board, signal } = options
    const lived: LivedOut = { life: undefined, ranMs: 0, interrupted: false }
    let cycles = new ProbeCycles()
    let lastSeq = 0
    /** By how much a life began after the board. */
    let beganMs = 0
    let nowMs = 0
    const agent = new AgentEvents(
        ...([board.heapBytes, idleHeap(module, board), undefined, undefined] as const),
        {
            onProbe(probe) {
                // It has begun anew by itself.
                if (probe.seq < lastSeq) cycles = new ProbeCycles()
                lastSeq = probe.seq
                beganMs = nowMs - probe.atMs
                cycles.add(probe)
            },
        },
    )
    let began = performance.now()
    for await (const event of simulate(module, options)) {
        nowMs = event.atMs
        if (event.kind === "log") agent.add(event)
        if (event.kind === "panic" && nameOfPanic(event.code) === "out-of-memory")
            lived.life = {
                capacityBytes: capacityFor(board.heapBytes),
                deathMs: nowMs - beganMs,
                cycles: cycles.cycles,
            }
        lived.ranMs = Math.max(lived.ranMs, nowMs - beganMs)
        const workedMs = performance.now() - began
        if (workedMs < WORK_MS) continue
        await sleep(workedMs, signal)
        began = performance.now()
    }
    lived.interrupted = signal?.aborted ?? false
    return lived
}
