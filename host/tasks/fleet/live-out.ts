import { nameOfPanic } from "../../analysis/outcome/panic"
import { ProbeCycles, type Probe } from "../../analysis/trend/probe-cycles"
import type { ProgramLife } from "../../analysis/trend/program-life"
import { SiteGrowth } from "../../analysis/trend/site-growth"
import { sleep } from "../../base/pause"
import { AgentEvents } from "../../link/agent/agent-events"
import { capacityFor } from "../../model/heap/heap-memory"
import { SourceMap } from "../../model/program/source-map"
import { idleHeap } from "../../simulator/idle-heap"
import { simulate, type RunOptions } from "../../simulator/run"
import type { SimulatedBoard } from "../../simulator/simulated-board"

/** It works for so long, and rests for as long: half a core is enough for what nobody waits for. Milliseconds. */
const WORK_MS = 50
/** Heaps of further lives are smaller by so many of these: the VM has none larger than most boards'. */
const OTHER_HEAPS = [1, 2, 3, 4, 5, 6]
/** As a share of the heap: about 300 bytes of 64 KiB. */
const HEAP_STEP = 1 / 218

/** What became of a program that was left to itself. */
export interface LivedOut {
    /** Undefined of one that did not run out of memory in the time it had. */
    life: ProgramLife | undefined
    /** Its own time at the end, in simulated milliseconds. */
    ranMs: number
    interrupted: boolean
}

/** One life of it. */
interface Lived extends Omit<LivedOut, "life"> {
    /** In its own milliseconds since its start. */
    deathMs: number | undefined
    /** How long its board had been on by then. */
    beganMs: number
}

/**
 * Runs a program with the agent until it runs out of memory, and keeps what grew until then; then some more times on
 * heaps that differ a little, if there is time, to see when else it dies.
 * @param options `forMs` bounds it in its own time, `timeoutMs` all of it in real time
 * @param rests whether it leaves half of the processor to others
 * @throws as `run` does
 */
export async function liveOut(
    module: WebAssembly.Module,
    options: RunOptions,
    rests = true,
): Promise<LivedOut> {
    const { board, timeoutMs = Infinity } = options
    const began = performance.now()
    let cycles = new ProbeCycles()
    const map = SourceMap.of(options.program.debug)
    const functionOf = (pc: number) => map?.functionAt(pc)?.startpc ?? pc
    let growth = new SiteGrowth(functionOf)
    function* moments() {
        for (let atMs = 0; ; atMs += growth.everyMs) yield atMs
    }
    const observed: RunOptions = {
        ...options,
        moments: moments(),
        onMoment: (machine, atMs) => growth.look(atMs, () => liveBlocks(machine)),
        observers: [
            (_words, _ctx, _tag, bytes, _address, _asked, pc) => growth.allocated(pc, bytes),
        ],
    }
    const { deathMs, beganMs, ranMs, interrupted } = await live(module, observed, rests, {
        onStart() {
            cycles = new ProbeCycles()
            growth = new SiteGrowth(functionOf)
        },
        onProbe: probe => cycles.add(probe),
    })
    if (deathMs === undefined) return { life: undefined, ranMs, interrupted }
    const grown = growth.growth.map(one => ({ ...one, atMs: one.atMs - beganMs }))
    const capacityBytes = capacityFor(board.heapBytes)
    const deathsMs = [deathMs]
    const firstMs = performance.now() - began
    for (const steps of OTHER_HEAPS) {
        const leftMs = timeoutMs - (performance.now() - began)
        if (leftMs < firstMs || options.signal?.aborted) break
        const heapBytes = Math.round(board.heapBytes * (1 - steps * HEAP_STEP)) & ~3
        const other = { ...options, board: { ...board, heapBytes }, timeoutMs: leftMs }
        const lived = await live(module, other, rests)
        if (lived.deathMs !== undefined) deathsMs.push(lived.deathMs)
    }
    const life = { capacityBytes, deathsMs, growth: grown, cycles: cycles.cycles }
    return { life, ranMs, interrupted: options.signal?.aborted ?? false }
}

/** @param hears of its probes, and of each start of its program but the first */
async function live(
    module: WebAssembly.Module,
    options: RunOptions,
    rests: boolean,
    hears: { onStart?(): void; onProbe?(probe: Probe): void } = {},
): Promise<Lived> {
    const { board, signal } = options
    const lived: Lived = { deathMs: undefined, beganMs: 0, ranMs: 0, interrupted: false }
    let lastSeq = 0
    let nowMs = 0
    const agent = new AgentEvents(
        ...([board.heapBytes, idleHeap(module, board), undefined, undefined] as const),
        {
            onProbe(probe) {
                // It has begun anew by itself.
                if (probe.seq < lastSeq) hears.onStart?.()
                lastSeq = probe.seq
                lived.beganMs = nowMs - probe.atMs
                hears.onProbe?.(probe)
            },
        },
    )
    let began = performance.now()
    for await (const event of simulate(module, options)) {
        nowMs = event.atMs
        if (event.kind === "log") agent.add(event)
        if (event.kind === "panic" && nameOfPanic(event.code) === "out-of-memory")
            lived.deathMs = nowMs - lived.beganMs
        lived.ranMs = Math.max(lived.ranMs, nowMs - lived.beganMs)
        const workedMs = performance.now() - began
        if (!rests || workedMs < WORK_MS) continue
        await sleep(workedMs, signal)
        began = performance.now()
    }
    lived.interrupted = signal?.aborted ?? false
    return lived
}

function* liveBlocks(board: SimulatedBoard): Generator<{ pc: number; bytes: number }> {
    for (const { address, bytes, live } of board.blocks())
        if (live) yield { pc: board.pcOf(address), bytes }
}
