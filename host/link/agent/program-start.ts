import { SimulatedBoard, type BoardOptions } from "../../simulator/simulated-board"
import type { Program } from "../../model/program/program"
import { parseAgentLine, START_REPORTS } from "./agent-line"

/**
 * What a program's start does to the heap of a board, found by simulation: the agent's first reports come
 * before anything reaches the program from outside.
 */
export interface ProgramStart {
    capacityBytes: number
    /** At the agent's first figure. */
    usedBytes: number
    liveBytes: number
    /** Where the probes of the first reports come to be, from the agent's own buffer on, in bytes. */
    probes: readonly number[]
    /** From the heap's first block to the agent's own buffer, in bytes. */
    baseOffset: number
}

/** Simulated time by which a program with the agent has told them, in milliseconds. */
const STARTED_MS = 5000
const SEED = 1

/**
 * Starts a program on a simulated board of that kind, up to the agent's first figure.
 * @returns undefined for a program without the agent, or one that dies before
 */
export function programStart(
    module: WebAssembly.Module,
    { heapBytes, configuration, features }: Omit<BoardOptions, "seed">,
    { bytecode, settings }: Pick<Program, "bytecode" | "settings">,
): ProgramStart | undefined {
    if (!hasAgent(bytecode)) return undefined
    const addresses: number[] = []
    let found: ProgramStart | undefined
    const board = new SimulatedBoard(module, {
        ...{ heapBytes, seed: SEED },
        ...(configuration && { configuration }),
        ...(features && { features }),
        onEvent: (event, now) => {
            if (event.kind !== "log" || event.level !== "log" || found) return
            const read = parseAgentLine(event.text)
            if (read?.kind !== "report" || read.seq !== addresses.length) return
            addresses.push(read.probe.address)
            if (read.seq < START_REPORTS) return
            const { usedBytes, liveBytes, freeBytes } = now.sample()
            const [base = 0, ...probes] = addresses
            found = {
                probes: probes.map(address => address - base),
                baseOffset: base - now.blocks()[0]!.address,
                capacityBytes: usedBytes + freeBytes,
                ...{ usedBytes, liveBytes },
            }
        },
    })
    try {
        board.load(bytecode, settings)
        board.runUntil(STARTED_MS, () => found !== undefined)
    } catch {
        // A program that this board does not take tells nothing; whoever runs it says why.
        return undefined
    }
    return found
}

/** Whether a program has the agent: what its lines begin with is a text of the program. */
export function hasAgent(bytecode: Uint8Array): boolean {
    return new TextDecoder("latin1").decode(bytecode).includes("hs1 seq=")
}
