import { OP } from "./opcodes"
import { runsOf } from "./runs"
import { leb, signedLeb, WasmReader, type Instruction } from "./wasm-reader"
import { weightOf, type Weights } from "./weights"

const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 } as const
const I32 = 0x7f
const I64 = 0x7e
const NO_RESULT = 0x40
const FUNCTION_KIND = 0

/** What is metered of a module. */
export interface MeterOptions {
    /** Name under which it exports the global with the address that what is done now is charged to. */
    cell: string
    /** Pages of memory that it has for itself from now on: at most as many as it had. What asks it is told these. */
    ownPages: number
    /** Pages that it gets behind them, for those addresses. */
    extraPages: number
    /** Names of the imports that copy as many bytes as their last argument says. */
    copying: readonly string[]
    /** Names of the exports that count nothing themselves: what stands for a call of the host. */
    free?: readonly string[]
    weights: Weights
}

interface ModuleFacts {
    types: { params: number; results: number[] }[]
    /** By function, imports first: index of its type. */
    typeOf: number[]
    imported: number
    copying: Set<number>
    free: Set<number>
    cell: number
}

/**
 * Has a module count what it does: every run of instructions without a branch adds what it takes on a
 * board to a variable of its function, which adds it to the number at the cell when it returns.
 * Nothing else of what the module does changes.
 * @throws Error when the module is not as expected
 */
export function meter(wasm: Uint8Array, options: MeterOptions): Uint8Array {
    const facts = readFacts(wasm, options)
    const out: number[] = [...wasm.subarray(0, 8)]
    const reader = new WasmReader(wasm, 8)
    while (reader.at < wasm.length) {
        const id = reader.byte()
        const size = reader.number()
        const body = wasm.subarray(reader.at, reader.at + size)
        reader.at += size
        const made =
            id === SECTION.code
                ? meterCode(body, facts, options)
                : id === SECTION.memory
                  ? memoryOf(body, options)
                  : body
        out.push(id, ...leb(made.length))
        for (const byte of made) out.push(byte)
    }
    return new Uint8Array(out)
}

function readFacts(wasm: Uint8Array, { cell, copying, free = [] }: MeterOptions): ModuleFacts {
    const facts: ModuleFacts = {
        ...{ types: [], typeOf: [], imported: 0, cell: -1 },
        ...{ copying: new Set(), free: new Set() },
    }
    const reader = new WasmReader(wasm, 8)
    while (reader.at < wasm.length) {
        const id = reader.byte()
        const end = reader.number() + reader.at
        const count = Object.values<number>(SECTION).includes(id) ? reader.number() : 0
        for (let i = 0; i < count; i++)
            if (id === SECTION.type) {
                reader.byte()
                const params = reader.number()
                reader.at += params
                const results = Array.from({ length: reader.number() }, () => reader.byte())
                facts.types.push({ params, results })
            } else if (id === SECTION.import) {
                reader.name()
                const name = reader.name()
                if (reader.byte() !== FUNCTION_KIND) throw new Error(`import ${name}: no function`)
                if (copying.includes(name)) facts.copying.add(facts.typeOf.length)
                facts.typeOf.push(reader.number())
                facts.imported++
            } else if (id === SECTION.function) facts.typeOf.push(reader.number())
            else if (id === SECTION.export) {
                const name = reader.name()
                reader.byte()
                const index = reader.number()
                if (name === cell) facts.cell = index
                if (free.includes(name)) facts.free.add(index)
            }
        reader.at = end
    }
    if (facts.cell < 0) throw new Error(`no global is exported as ${cell}`)
    return facts
}

/** One memory of a fixed size. */
function memoryOf(section: Uint8Array, { ownPages, extraPages }: MeterOptions): number[] {
    const reader = new WasmReader(section)
    const [count, flags] = [reader.byte(), reader.byte()]
    const [least, most] = [reader.number(), reader.number()]
    if (count !== 1 || flags !== 1 || least !== most) throw new Error("no memory of a fixed size")
    if (ownPages > least) throw new Error(`its memory has ${least} pages, and no ${ownPages}`)
    const pages = leb(ownPages + extraPages)
    return [count, flags, ...pages, ...pages]
}

function meterCode(section: Uint8Array, facts: ModuleFacts, options: MeterOptions): number[] {
    const reader = new WasmReader(section)
    const count = reader.number()
    const out = leb(count)
    for (let i = 0; i < count; i++) {
        const end = reader.number() + reader.at
        const index = facts.imported + i
        const type = facts.types[facts.typeOf[index]!]!
        const code = section.subarray(reader.at, end)
        const body = facts.free.has(index) ? code : meterFunction(code, type, facts, options)
        out.push(...leb(body.length))
        for (const byte of body) out.push(byte)
        reader.at = end
    }
    return out
}

function meterFunction(
    code: Uint8Array,
    { params, results }: ModuleFacts["types"][number],
    { cell, copying }: ModuleFacts,
    { ownPages, weights }: MeterOptions,
): number[] {
    const reader = new WasmReader(code)
    let locals = params
    const groups = reader.number()
    const groupsAt = reader.at
    for (let i = 0; i < groups; i++) {
        locals += reader.number()
        reader.byte()
    }
    const [sum, size] = [locals, locals + 1]
    const out = [...leb(groups + 2), ...code.subarray(groupsAt, reader.at)]
    out.push(1, I64, 1, I32)
    if (results.length > 1) throw new Error("a function has more than one result")
    // All that leaves the function passes the end of this block.
    out.push(OP.block, results[0] ?? NO_RESULT)

    const instructions: Instruction[] = []
    while (reader.at < code.length) instructions.push(reader.instruction())
    const setsCell = ({ opcode, indices }: Instruction) =>
        opcode === OP.globalSet && indices[0] === cell
    const weightOfEach = instructions.map(
        ({ opcode }, index) => weightOf(opcode, weights) + (index === 0 ? weights.entry : 0),
    )
    const { endsRun, added } = runsOf(instructions, weightOfEach, setsCell)
    const flush = flushing(sum, cell)
    const add = (weight: number) => {
        if (weight !== 0)
            out.push(
                ...[OP.localGet, ...leb(sum), OP.i64Const, ...signedLeb(weight)],
                ...[OP.i64Add, OP.localSet, ...leb(sum)],
            )
    }
    let run = 0
    let begins = true
    for (const [index, instruction] of instructions.entries()) {
        const { opcode, start, end, indices } = instruction
        if (begins) add(added[run++]!)
        begins = endsRun[index]!
        if (setsCell(instruction)) out.push(...flush, ...zero(sum))
        const perByte =
            opcode === OP.fill
                ? weights.filledByte
                : opcode === OP.copy || (opcode === OP.call && copying.has(indices[0]!))
                  ? weights.copiedByte
                  : 0
        if (perByte > 0) out.push(...ofSize(sum, size, perByte))
        if (opcode === OP.return) out.push(...flush)
        if (opcode === OP.memorySize) out.push(OP.i32Const, ...signedLeb(ownPages))
        else for (let at = start; at < end; at++) out.push(code[at]!)
    }
    // The last `end` written closed the block around the body.
    out.push(...flush, OP.end)
    return out
}

/** Adds the function's sum to what is at the cell. Leaves the stack as it is. */
function flushing(sum: number, cell: number): number[] {
    const number = [3, 0]
    return [
        ...[OP.globalGet, ...leb(cell), OP.globalGet, ...leb(cell), OP.i64Load, ...number],
        ...[OP.localGet, ...leb(sum), OP.i64Add, OP.i64Store, ...number],
    ]
}

function zero(sum: number): number[] {
    return [OP.i64Const, 0, OP.localSet, ...leb(sum)]
}

/** Adds so much for each byte of the size on top of the stack, and leaves it there. */
function ofSize(sum: number, size: number, perByte: number): number[] {
    return [
        ...[OP.localTee, ...leb(size), OP.localGet, ...leb(sum)],
        ...[OP.localGet, ...leb(size), OP.i64FromUnsigned],
        ...[OP.i64Const, ...signedLeb(perByte), OP.i64Mul, OP.i64Add, OP.localSet, ...leb(sum)],
    ]
}
