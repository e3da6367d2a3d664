import type { HeapGraph } from "../../model/graph/graph"
import type { PlacedNames } from "../../model/program/enclosing-function"
import type { HaltOptions } from "../debugger/debugger"
import type { HaltedProgram } from "../debugger/halted-program"
import { readDebuggerGraph, type DebuggerGraph } from "./debugger-graph"
import type { ReadLimits } from "../debugger/limited-program"

export interface ReachableOptions extends HaltOptions, ReadLimits {
    /** What runs on the board, if known: objects then have its names. */
    program?: { entry: string; bytecode: Uint8Array; debug?: PlacedNames | undefined } | undefined
    /** The heap of the same program in a simulator: what the VM keeps for itself is taken from there. */
    simulated?: HeapGraph | undefined
}

/** Follows what the debugger tells of a program that stands still. */
export function readReachable(
    halted: HaltedProgram,
    { program, simulated, ...limits }: ReachableOptions,
): Promise<DebuggerGraph> {
    return readDebuggerGraph(halted, {
        ...limits,
        image: program?.bytecode,
        names: program?.debug,
        simulated,
    })
}
