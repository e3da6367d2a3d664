import { HeapTracker } from "../../simulator/heap-tracker"
import type { EachWay, Speed } from "../../documents/lessons-report"
import type { Program } from "../../model/program/program"
import { Machine, type MachineHooks } from "../../simulator/machine"
import { emptyWorld } from "../../simulator/world/empty-world"
import { eachBetter, eachWay } from "./each-way"
import { LessonError, WORK_BEGINS, WORK_ENDS } from "./measure"

const SEED = 1
const MIN_ROUNDS = 7
const MAX_ROUNDS = 40
/** Real time to spend when more rounds than the least are wanted, in milliseconds. */
const ENOUGH_MS = 400
/** Calls of the VM after which a program that has not ended never will. */
const MAX_STEPS = 100_000

/**
 * Times the measured parts of a lesson's programs, collections and built-in functions included: they run
 * in turn in this process, on boards that nobody watches.
 */
export function measureSpeed(
    module: WebAssembly.Module,
    programs: EachWay<Program>,
    heapBytes: number,
): Speed {
    const round = () => eachWay(programs, program => timeWork(module, program, heapBytes))
    // The first runs compile the VM's code.
    round()
    const began = performance.now()
    const rounds: EachWay<number>[] = []
    while (
        rounds.length < MIN_ROUNDS ||
        (rounds.length < MAX_ROUNDS && performance.now() - began < ENOUGH_MS)
    )
        rounds.push(round())
    return {
        rounds: rounds.length,
        ms: eachWay(programs, (_, way) => Math.min(...rounds.map(ms => ms[way]!))),
        medianRatio: eachBetter(programs, (_, way) =>
            median(rounds.map(ms => ms[way]! / ms.wasteful)),
        ),
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
        closureMade: nothing,
        // The tracker's one act here: to give the heap the board's size.
        created: gc => new HeapTracker(machine.words, heapBytes).created(gc),
        destroying: nothing,
        pushing: nothing,
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
