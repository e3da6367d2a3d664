import { HeapTracker } from "../../simulator/heap-tracker"
import type { Speed } from "../../documents/lessons-report"
import type { Program } from "../../model/program/program"
import { Machine, type MachineHooks } from "../../simulator/machine"
import { emptyWorld } from "../../simulator/world/empty-world"
import { LessonError, WORK_BEGINS, WORK_ENDS } from "./measure"

const SEED = 1
const MIN_ROUNDS = 7
const MAX_ROUNDS = 40
/** Real time to spend when more rounds than the least are wanted, in milliseconds. */
const ENOUGH_MS = 400
/** Calls of the VM after which a program that has not ended never will. */
const MAX_STEPS = 100_000

/**
 * Times the measured parts of two programs, collections and built-in functions included: both run
 * alternately in this process, on boards that nobody watches.
 */
export function measureSpeed(
    module: WebAssembly.Module,
    wasteful: Program,
    efficient: Program,
    heapBytes: number,
): Speed {
    // The first runs compile the VM's code.
    timeWork(module, wasteful, heapBytes)
    timeWork(module, efficient, heapBytes)
    const began = performance.now()
    const rounds: { wastefulMs: number; efficientMs: number }[] = []
    while (
        rounds.length < MIN_ROUNDS ||
        (rounds.length < MAX_ROUNDS && performance.now() - began < ENOUGH_MS)
    )
        rounds.push({
            wastefulMs: timeWork(module, wasteful, heapBytes),
            efficientMs: timeWork(module, efficient, heapBytes),
        })
    return {
        rounds: rounds.length,
        wastefulMs: Math.min(...rounds.map(round => round.wastefulMs)),
        efficientMs: Math.min(...rounds.map(round => round.efficientMs)),
        medianRatio: median(rounds.map(round => round.efficientMs / round.wastefulMs)),
    }
}

/** Runs a program once. @returns milliseconds of real time its measured part took */
function timeWork(module: WebAssembly.Module, program: Program, heapBytes: number): number {
    let beganAt: number | undefined
    let endedAt: number | undefined
    const nothing = () => undefined
    const hooks: MachineHooks = {
        allocated: nothing,
        freeing: nothing,
        collected: nothing,
        // The tracker's one act here: to give the heap the board's size.
        created: gc => new HeapTracker(machine.words, heapBytes).created(gc),
        destroying: nothing,
        panicking: nothing,
        log: text => {
            if (text === `> ${WORK_BEGINS}`) beganAt = performance.now()
            else if (text === `> ${WORK_ENDS}`) endedAt = performance.now()
        },
    }
    const machine = new Machine(module, hooks, emptyWorld(SEED))
    machine.powerOn()
    machine.deploy(program.bytecode)
    for (let steps = 0; endedAt === undefined && steps < MAX_STEPS; steps++)
        machine.clock.nowUs += Math.max(1, machine.process())
    if (beganAt === undefined || endedAt === undefined)
        throw new LessonError(`${program.entry} did not come to the end of its measured part.`)
    return endedAt - beganAt
}

function median(values: number[]): number {
    const sorted = values.toSorted((a, b) => a - b)
    const middle = sorted.length >> 1
    return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
