import type { HeapGraph } from "../../model/graph/graph"
import type { PlacedNames } from "../../model/program/enclosing-function"
import type { Debugger, HaltOptions } from "../debugger/debugger"
import { readDebuggerGraph, type DebuggerGraph } from "./debugger-graph"
import type { ReadLimits } from "../debugger/limited-program"

export interface ReachableOptions extends HaltOptions, ReadLimits {
    /** What runs on the board, if known: objects then have its names. */
    program?: { entry: string; bytecode: Uint8Array; debug?: PlacedNames | undefined } | undefined
    /** The heap of the same program in a simulator: what the VM keeps for itself is taken from there. */
    simulated?: HeapGraph | undefined
}

/** What the debugger reached, and how long the program stood still for it, in milliseconds. */
export type ReachableGraph = DebuggerGraph & { haltedMs: number }

/** Halts the program, follows what the debugger tells, and lets it go on. */
export async function readReachable(
    debug: Debugger,
    { program, simulated, ...options }: ReachableOptions,
): Promise<ReachableGraph> {
    let haltedAt = 0
    const found = await debug.whileHalted(halted => {
        haltedAt = performance.now()
        return readDebuggerGraph(halted, {
            ...options,
            image: program?.bytecode,
            names: program?.debug,
            simulated,
        })
    }, options)
    return { ...found, haltedMs: performance.now() - haltedAt }
}
