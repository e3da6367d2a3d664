import binaryen from "binaryen"
import { missing } from "./vm-functions"
import { VmMismatchError } from "./vm-source"

/** Editing of expressions in place, which the package's types leave out. */
const { Block, CallIndirect, If, Loop } = binaryen as unknown as {
    Block: Children & { setChildAt(block: number, index: number, child: number): void }
    CallIndirect: { getTarget(call: number): number; getOperands(call: number): number[] }
    If: { getIfTrue(condition: number): number; getIfFalse(condition: number): number }
    Loop: { getBody(loop: number): number }
}
interface Children {
    getNumChildren(block: number): number
    getChildAt(block: number, index: number): number
}

/** Calls the function of each bytecode instruction, through a table in the VM's memory. */
const INTERPRETER = "devs_vm_exec_opcodes.before-turn"
/** What their names begin with. */
const INSTRUCTION = /^(?:expr|stmt)[0-9x]/

/** The functions of one kind of instruction, by their index in the table of functions. */
interface Targets {
    first: number
    names: (string | undefined)[]
}

/**
 * Has the interpreter find the function of an instruction by a jump: a call by an index in a table looks at
 * the table's size, the function's type and its module before it goes there. What is called stays the same;
 * an index that is no instruction's is called as before.
 * @throws VmMismatchError when the interpreter is not as expected
 */
export function callDirectly(module: binaryen.Module): void {
    const interpreter = module.getFunction(INTERPRETER)
    if (!interpreter) missing(INTERPRETER)
    const calls = callsIn(binaryen.getFunctionInfo(interpreter).body)
    // Those that give a value, and those that do not.
    if (calls.length !== 2)
        throw new VmMismatchError(`the VM's ${INTERPRETER} has not two calls by index.`)
    for (const [count, { block, index }] of calls.entries()) {
        const call = Block.getChildAt(block, index)
        Block.setChildAt(block, index, jump(module, call, `instruction${count}`))
    }
}

function jump(module: binaryen.Module, call: number, label: string): number {
    const operands = CallIndirect.getOperands(call)
    if (operands.some(operand => binaryen.getExpressionId(operand) !== binaryen.LocalGetId))
        throw new VmMismatchError(`the VM's ${INTERPRETER} works something out for its calls.`)
    const { first, names } = targetsOf(module, operands.length)
    const [done, other] = [`${label}-done`, `${label}-other`]
    const labels = names.map((name, at) => (name === undefined ? other : `${label}-${at}`))
    const at = module.i32.sub(
        module.copyExpression(CallIndirect.getTarget(call)),
        module.i32.const(first),
    )
    let code = [module.switch(labels, other, at)]
    for (const [at, name] of names.entries())
        if (name !== undefined) {
            const args = operands.map(operand => module.copyExpression(operand))
            code = [
                module.block(labels[at]!, code),
                module.call(name, args, binaryen.none),
                module.br(done),
            ]
        }
    return module.block(done, [module.block(other, code), call])
}

function targetsOf(module: binaryen.Module, params: number): Targets {
    const { data, offset } = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0))
    const start = (binaryen.getExpressionInfo(offset) as binaryen.ConstInfo).value as number
    const isTarget = (name: string) => {
        if (!INSTRUCTION.test(name)) return false
        const info = binaryen.getFunctionInfo(module.getFunction(name))
        return binaryen.expandType(info.params).length === params
    }
    const names = data.map(name => (isTarget(name) ? name : undefined))
    const first = names.findIndex(name => name !== undefined)
    const last = names.findLastIndex(name => name !== undefined)
    if (first < 0) throw new VmMismatchError("the VM has no functions of instructions.")
    return { first: start + first, names: names.slice(first, last + 1) }
}

/** The calls by index among a body's statements, by the block that each stands in. */
function callsIn(expression: number): { block: number; index: number }[] {
    const id = binaryen.getExpressionId(expression)
    if (id === binaryen.LoopId) return callsIn(Loop.getBody(expression))
    if (id === binaryen.IfId)
        return [If.getIfTrue(expression), If.getIfFalse(expression)].flatMap(arm =>
            arm === 0 ? [] : callsIn(arm),
        )
    if (id !== binaryen.BlockId) return []
    return Array.from({ length: Block.getNumChildren(expression) }, (_, index) => {
        const child = Block.getChildAt(expression, index)
        return binaryen.getExpressionId(child) === binaryen.CallIndirectId
            ? [{ block: expression, index }]
            : callsIn(child)
    }).flat()
}
