import binaryen from "binaryen"
import { ACTIVATION, CTX, FIBER } from "../../model/heap/layout"
import {
    ALLOCATING,
    CELL_SHIFT,
    CELLS,
    COLLECTING,
    FRAMES,
    TURNS,
    WORK_GLOBALS,
} from "../work-cells"
import { missing, moveAside, type VmFunction } from "./vm-functions"
import { VmMismatchError } from "./vm-source"

const { i32, i64 } = binaryen
/** Editing of expressions in place, which the package's types leave out. */
const { Block, Loop } = binaryen as unknown as {
    Block: {
        getNumChildren(block: number): number
        getChildAt(block: number, index: number): number
    }
    Loop: { getBody(loop: number): number; setBody(loop: number, body: number): void }
}

const INTERPRETER = "devs_vm_exec_opcodes"
const CALL = "devs_fiber_call_function"
const INSTRUCTIONS = "instructions"

/** What is counted apart of the work of the instruction that it is done for. */
const PARTS: (VmFunction & { part: number })[] = [
    { target: "jd_gc_any_try_alloc", params: 3, result: true, part: ALLOCATING },
    { target: "devs_gc", params: 1, result: false, part: COLLECTING },
]

/**
 * Prepares the module for being metered: what it does is charged to the instruction that it is done for,
 * and apart of that what allocating and collecting take. With it, it notes how near the program comes to
 * the limits of calls and of instructions without waiting.
 * @throws VmMismatchError when a function is missing or has another signature.
 */
export function countWork(module: binaryen.Module): void {
    const { cell, deepestCall, mostFrameBytes, longestTurn } = WORK_GLOBALS
    for (const [name, value] of [
        [cell, CELLS],
        [deepestCall, 0],
        [mostFrameBytes, 0],
        [longestTurn, 0],
    ] as const) {
        module.addGlobal(name, i32, true, module.i32.const(value))
        module.addGlobalExport(name, name)
    }
    countInstructions(module)
    countTurns(module)
    countCalls(module)
    for (const part of PARTS) chargePart(module, part)
}

/**
 * Counts the bytecode instructions the VM executes, in an exported global: each is one turn of the
 * interpreter's loop, the outermost loop of `devs_vm_exec_opcodes`.
 */
function countInstructions(module: binaryen.Module): void {
    const interpreter = module.getFunction(INTERPRETER)
    if (!interpreter) missing(INTERPRETER)
    const loop = firstLoop(binaryen.getFunctionInfo(interpreter).body)
    if (loop === undefined) throw new VmMismatchError(`the VM's ${INTERPRETER} has no loop.`)
    const count = module.global.get(INSTRUCTIONS, i64)
    module.addGlobal(INSTRUCTIONS, i64, true, module.i64.const(0n))
    module.addGlobalExport(INSTRUCTIONS, INSTRUCTIONS)
    const increment = module.global.set(INSTRUCTIONS, module.i64.add(count, module.i64.const(1n)))
    const body = Loop.getBody(loop)
    const type = binaryen.getExpressionType(body)
    Loop.setBody(loop, module.block(null, [increment, chargeInstruction(module), body], type))
}

/** From here on, the work is that of the instruction which the frame points at. */
function chargeInstruction(module: binaryen.Module): number {
    const frame = module.i32.load(CTX.currFn, 4, module.local.get(0, i32))
    const pc = module.i32.load16_u(ACTIVATION.pc, 2, frame)
    const place = module.i32.shl(pc, module.i32.const(CELL_SHIFT))
    return module.global.set(WORK_GLOBALS.cell, module.i32.add(place, module.i32.const(CELLS)))
}

/** The interpreter runs until the fiber waits: that is a turn. After it, nobody's work is done. */
function countTurns(module: binaryen.Module): void {
    const { original } = moveAside(
        module,
        { target: INTERPRETER, params: 1, result: false },
        "turn",
    )
    const count = () => module.i32.wrap(module.global.get(INSTRUCTIONS, i64))
    const [ctx, before] = [0, 1]
    module.addFunction(
        INTERPRETER,
        i32,
        binaryen.none,
        [i32],
        module.block(null, [
            module.local.set(before, count()),
            module.call(original, [module.local.get(ctx, i32)], binaryen.none),
            keepMost(module, WORK_GLOBALS.longestTurn, () =>
                module.i32.sub(count(), module.local.get(before, i32)),
            ),
            module.global.set(WORK_GLOBALS.cell, module.i32.const(CELLS)),
            // Nobody's work either.
            module.i32.store(
                0,
                4,
                module.i32.const(TURNS),
                module.i32.add(module.i32.load(0, 4, module.i32.const(TURNS)), module.i32.const(1)),
            ),
        ]),
    )
}

/** A call of a function of the program gives its fiber a new frame; of a built-in one it does not. */
function countCalls(module: binaryen.Module): void {
    const { original, type } = moveAside(module, { target: CALL, params: 3, result: true }, "count")
    const [fiber, result, before, after] = [0, 3, 4, 5]
    const get = (local: number) => module.local.get(local, i32)
    const activation = () => module.i32.load(FIBER.activation, 4, get(fiber))
    const place = (frame: number) => module.i32.and(get(frame), module.i32.const(0xfffc))
    const words = module.i32.and(module.i32.load(0, 4, get(after)), module.i32.const(0xffffff))
    const bytes = module.i32.add(
        module.i32.shl(words, module.i32.const(2)),
        module.if(get(before), module.i32.load(FRAMES, 4, place(before)), module.i32.const(0)),
    )
    const isNew = module.i32.ne(get(before), module.local.tee(after, activation(), i32))
    module.addFunction(
        CALL,
        type,
        i32,
        [i32, i32, i32],
        module.block(
            null,
            [
                module.local.set(before, activation()),
                module.local.set(result, module.call(original, [get(0), get(1), get(2)], i32)),
                module.if(
                    isNew,
                    module.block(null, [
                        module.i32.store(FRAMES, 4, place(after), bytes),
                        keepMost(module, WORK_GLOBALS.mostFrameBytes, () =>
                            module.i32.load(FRAMES, 4, place(after)),
                        ),
                        keepMost(module, WORK_GLOBALS.deepestCall, () =>
                            module.i32.load8_u(FIBER.stackDepth, 1, get(fiber)),
                        ),
                    ]),
                ),
                get(result),
            ],
            i32,
        ),
    )
}

function keepMost(module: binaryen.Module, global: string, value: () => number): number {
    const isMore = module.i32.gt_u(value(), module.global.get(global, i32))
    return module.if(isMore, module.global.set(global, value()))
}

/** Has a function's work counted apart, and what follows as before. */
function chargePart(module: binaryen.Module, { part, ...charged }: (typeof PARTS)[number]): void {
    const { original, type, results } = moveAside(module, charged, "charge")
    const { target, params, result } = charged
    const [before, given] = [params, params + 1]
    const args = Array.from({ length: params }, (_, index) => module.local.get(index, i32))
    const call = module.call(original, args, results)
    const { cell } = WORK_GLOBALS
    const place = module.i32.and(module.global.get(cell, i32), module.i32.const(-1 << CELL_SHIFT))
    const children = [
        module.local.set(before, module.global.get(cell, i32)),
        module.global.set(cell, module.i32.or(place, module.i32.const(part))),
        result ? module.local.set(given, call) : call,
        module.global.set(cell, module.local.get(before, i32)),
        ...(result ? [module.local.get(given, i32)] : []),
    ]
    module.addFunction(target, type, results, [i32, i32], module.block(null, children, results))
}

/** The outermost loop of a body, which stands in its blocks. */
function firstLoop(expression: number): number | undefined {
    const id = binaryen.getExpressionId(expression)
    if (id === binaryen.LoopId) return expression
    if (id !== binaryen.BlockId) return undefined
    for (let i = 0; i < Block.getNumChildren(expression); i++) {
        const loop = firstLoop(Block.getChildAt(expression, i))
        if (loop !== undefined) return loop
    }
    return undefined
}
