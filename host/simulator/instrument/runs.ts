import { OP } from "./opcodes"
import type { Instruction } from "./wasm-reader"

/** A function's instructions by runs without a branch, and what is to be added at the start of each. */
export interface Runs {
    /** By instruction: whether its run ends with it. */
    endsRun: boolean[]
    /** By run, in order: what is added at its start; of what other runs add with theirs, nothing. */
    added: number[]
}

/** A block, a loop or an `if` that is open, by the runs around it and in it. */
interface Construct {
    opcode: number
    /** The run that it begins in, and those that its arms begin with. */
    outside: number
    arm: number
    otherArm: number | undefined
    /** A branch aims at its end or, of a loop, its start. */
    isAimedAt: boolean
    /** What follows it need not run when it has begun, or the cell is another by then. */
    isLeft: boolean
}

/**
 * Divides a function into runs, and adds as seldom as can be what they weigh: what runs whenever an earlier
 * run does is added there with it, and what one of two arms adds at least is added before both. Nothing is
 * moved over a change of the cell, and a function that is stopped half way adds nothing in either case.
 * @param weights of each instruction; of the first, with what entering the function takes
 * @param setsCell whether an instruction changes what is charged
 */
export function runsOf(
    instructions: readonly Instruction[],
    weights: readonly number[],
    setsCell: (instruction: Instruction) => boolean,
): Runs {
    const endsRun = boundaries(instructions, setsCell)
    const added = [0]
    /** By run: the one that adds what it weighs. */
    const adds = [0]
    const addingRun = (run: number): number => (adds[run] === run ? run : addingRun(adds[run]!))
    /** Adds with one run what another adds until now. */
    const move = (to: number, from: number, weight: number) => {
        added[addingRun(to)]! += weight
        added[from]! -= weight
    }
    const over: { outside: number; arm: number; after: number }[] = []
    const open: Construct[] = []
    let run = 0
    const leave = (label: number) => {
        const target = open.length - 1 - label
        if (target >= 0) open[target]!.isAimedAt = true
        for (const construct of open.slice(target + 1)) construct.isLeft = true
        if (target < 0) for (const construct of open) construct.isLeft = true
    }
    for (const [index, instruction] of instructions.entries()) {
        const { opcode, indices } = instruction
        added[addingRun(run)]! += weights[index]!
        const [before, after] = [run, run + 1]
        if (endsRun[index]) {
            added.push(0)
            adds.push(after)
            run = after
        }
        if (opcode === OP.block || opcode === OP.loop || opcode === OP.if)
            open.push({
                ...{ opcode, outside: before, arm: run, otherArm: undefined },
                ...{ isAimedAt: false, isLeft: false },
            })
        else if (opcode === OP.else) open.at(-1)!.otherArm = run
        else if (opcode === OP.br || opcode === OP.brIf || opcode === OP.brTable)
            for (const label of indices) leave(label)
        else if (opcode === OP.return) leave(open.length)
        else if (setsCell(instruction)) leave(open.length)
        else if (opcode === OP.end && open.length > 0) {
            const construct = open.pop()!
            const { outside, arm, otherArm, isLeft, isAimedAt } = construct
            if (otherArm !== undefined) {
                const least = Math.min(added[arm]!, added[otherArm]!)
                move(outside, arm, least)
                added[otherArm]! -= least
            }
            if (!endsRun[index] || after >= adds.length) continue
            const last = instructions[index - 1]!.opcode
            if (!isLeft) adds[after] = addingRun(outside)
            else if (
                construct.opcode === OP.if &&
                otherArm === undefined &&
                !isAimedAt &&
                (last === OP.br || last === OP.return || last === OP.unreachable)
            )
                over.push({ outside, arm, after })
        }
    }
    // What is not run when an arm was, that arm takes off again.
    for (const { outside, arm, after } of over.reverse())
        if (adds[after] === after && added[after]! > 0 && added[arm]! > 0) {
            added[arm]! -= added[after]!
            move(outside, after, added[after]!)
        }
    return { endsRun, added }
}

/** Only what a branch aims at begins a new run: by its start, which blocks do not. */
function boundaries(
    instructions: readonly Instruction[],
    setsCell: (instruction: Instruction) => boolean,
): boolean[] {
    const ends = instructions.map(
        instruction => ALWAYS.includes(instruction.opcode) || setsCell(instruction),
    )
    const open: { isAimedAt: boolean }[] = []
    for (const [index, { opcode, indices }] of instructions.entries()) {
        if (opcode === OP.block || opcode === OP.loop || opcode === OP.if)
            open.push({ isAimedAt: opcode !== OP.block })
        else if (opcode === OP.end) ends[index] = open.pop()?.isAimedAt ?? true
        else if (opcode === OP.br || opcode === OP.brIf || opcode === OP.brTable)
            for (const label of indices) {
                const block = open.at(-1 - label)
                if (block && label < open.length) block.isAimedAt = true
            }
    }
    ends[instructions.length - 1] = true
    return ends
}

const ALWAYS: readonly number[] = [
    ...[OP.loop, OP.if, OP.else, OP.br, OP.brIf, OP.brTable, OP.return, OP.unreachable],
]
