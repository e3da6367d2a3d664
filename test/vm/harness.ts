import { join } from "node:path"
import type { MemoryEvent } from "../../host/model/events"
import { packageRoot } from "../../host/base/node/package-root"
import type { LogLine } from "../../host/documents/sim-report"
import { buildProgram } from "../../host/compiler/node/build"
import type { Program } from "../../host/model/program/program"
import { loadVm } from "../../host/simulator/node/load-vm"
import { run, type RunOptions, type RunResult } from "../../host/simulator/run"
import { SimulatedBoard } from "../../host/simulator/simulated-board"

/** The instrumented VM, compiled once for all files that a process serves. */
export const vm = loadVm()

const built = new Map<string, Promise<Program>>()

/** A program of `test/vm/programs` by name, or any other by its path from the repository's root. */
export function build(name: string): Promise<Program> {
    const entry = name.includes("/") ? name : `test/vm/programs/${name}.ts`
    const program = built.get(entry) ?? buildProgram(entry, { cwd: packageRoot() })
    built.set(entry, program)
    return program
}

/** Runs a program; a Pico for a minute unless told otherwise. */
export async function runProgram(
    name: string,
    options: Partial<RunOptions> & { heapBytes?: number } = {},
): Promise<RunResult> {
    const { heapBytes = 65_536, ...rest } = options
    const board = { id: "test", chip: "rp2040", heapBytes }
    return run(vm, { program: await build(name), board, forMs: 60_000, ...rest })
}

/** A board with a program loaded, to step by hand. */
export async function powerOn(name: string, heapBytes = 65_536) {
    const program = await build(name)
    const log: LogLine[] = []
    const onEvent = (event: MemoryEvent) => {
        if (event.kind === "log") log.push(event)
    }
    const board = new SimulatedBoard(vm, { heapBytes, seed: 1, onEvent })
    board.load(program.bytecode)
    return { board, log, program }
}

/** What the program itself printed. */
export function printed(log: LogLine[]): string[] {
    return log.filter(line => line.level !== "runtime").map(line => line.text)
}

/** Path of a file of the repository. */
export function fromRoot(...parts: string[]): string {
    return join(packageRoot(), ...parts)
}
