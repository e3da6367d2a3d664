import { createHash } from "node:crypto"
import { CLI_VERSION } from "../compiler/cli-version"
import { SourceFrames } from "../model/program/source-frames"
import { SourceMap } from "../model/program/source-map"
import { run, type RunOptions, type RunResult } from "../simulator/run"
import type { SimulatedBoard } from "../simulator/simulated-board"
import type { HeapHistory } from "../analysis/snapshot/heap-history"
import { makeSnapshot } from "../analysis/snapshot/make-snapshot"
import type { Snapshot } from "../documents/snapshot"

/** When to look at a run. */
export type Moment =
    | { kind: "time"; atMs: number }
    /** When the program dies, before its heap goes. */
    | { kind: "panic" }
    /** When a line with this text is first logged. */
    | { kind: "text"; text: string }
    /** Right after the nth allocation or collection of the run, from 1. */
    | { kind: "allocation" | "collection"; number: number }

/** A run and what was seen of it. */
export interface SnapshotRun extends Pick<RunResult, "report" | "interrupted"> {
    /** By moment, undefined for one that did not come. */
    snapshots: (Snapshot | undefined)[]
}

/** The times of snapshots, ascending, and in between those of a history. */
function* inOrder(times: readonly number[], history: HeapHistory | undefined): Generator<number> {
    const between = history?.times()
    let other = between?.next().value ?? Infinity
    for (const atMs of [...times, Infinity]) {
        for (; other < atMs; other = between?.next().value ?? Infinity) yield other
        if (other === atMs) other = between?.next().value ?? Infinity
        yield atMs
    }
}

/** Takes snapshots of a board in the middle of a run, between two of its steps; undefined without a heap. */
export function snapshotTaker({
    program,
    board,
    seed,
}: Pick<RunOptions, "program" | "board"> & { seed: number }) {
    const frames = new SourceFrames(SourceMap.of(program.debug), program.sourceFolder)
    const identity = {
        entry: program.entry,
        bytecodeBytes: program.bytecode.length,
        sha256: createHash("sha256").update(program.bytecode).digest("hex"),
    }
    return (from: SimulatedBoard, taken: Snapshot["taken"]): Snapshot | undefined => {
        const graph = from.graph(program.debug)
        return (
            graph &&
            makeSnapshot({
                program: identity,
                vmVersion: CLI_VERSION,
                board: { id: board.id, chip: board.chip, heapBytes: board.heapBytes },
                ...{ seed, taken, graph, blocks: from.blocks() },
                locate: pc => frames.at(pc),
            })
        )
    }
}

/**
 * Runs a program and takes snapshots of it, which changes nothing in the run. It ends after the last
 * moment, or after `options.forMs`.
 */
export async function takeSnapshots(
    vm: WebAssembly.Module,
    options: RunOptions & { seed: number; history?: HeapHistory },
    moments: readonly Moment[],
): Promise<SnapshotRun> {
    const { history } = options
    const takeOne = snapshotTaker(options)
    const snapshots = moments.map((): Snapshot | undefined => undefined)

    const take = (from: SimulatedBoard, taken: Snapshot["taken"]): Snapshot | undefined => {
        history?.add(taken.atMs, from.blocks())
        return takeOne(from, taken)
    }

    const times = moments.flatMap(moment => (moment.kind === "time" ? [moment.atMs] : []))
    const endText =
        moments.length === 1 && moments[0]!.kind === "text" ? moments[0]!.text : undefined
    const countsAllocations = moments.some(({ kind }) => kind === "allocation")
    const isNumbered = moments.every(({ kind }) => kind === "allocation" || kind === "collection")
    const takeNumbered = (from: SimulatedBoard, kind: "allocation" | "collection") => {
        const { allocations, collections } = from.tracker
        const number = kind === "allocation" ? allocations : collections
        moments.forEach((moment, i) => {
            if (moment.kind === kind && moment.number === number)
                snapshots[i] = take(from, { kind, atMs: Math.floor(from.nowMs), number })
        })
    }
    const { report, interrupted } = await run(vm, {
        ...options,
        forMs: times.length === moments.length ? Math.max(...times) : options.forMs,
        ...(endText !== undefined && { untilText: endText }),
        ...(isNumbered && { isDone: () => !snapshots.includes(undefined) }),
        ...(countsAllocations && { onAllocation: from => takeNumbered(from, "allocation") }),
        moments: inOrder(
            times.toSorted((a, b) => a - b),
            history,
        ),
        onMoment: (from, atMs) => {
            if (!times.includes(atMs)) return history?.add(atMs, from.blocks())
            moments.forEach((moment, i) => {
                if (moment.kind === "time" && moment.atMs === atMs)
                    snapshots[i] = take(from, { kind: "time", atMs })
            })
        },
        onEvent: (event, from) => {
            if (event.kind === "gc") takeNumbered(from, "collection")
            moments.forEach((moment, i) => {
                if (snapshots[i]) return
                if (event.kind === "panic" && moment.kind === "panic")
                    snapshots[i] = take(from, {
                        kind: "panic",
                        atMs: event.atMs,
                        panicCode: event.code,
                    })
                if (
                    event.kind === "log" &&
                    moment.kind === "text" &&
                    event.text.includes(moment.text)
                )
                    snapshots[i] = take(from, { kind: "text", atMs: event.atMs, text: event.text })
            })
            options.onEvent?.(event, from)
        },
    })
    return { snapshots, report, interrupted }
}
