import { leb, signedLeb, WasmReader, type Instruction } from "./wasm-reader"
import { weightOf, type Weights } from "./weights"

const OP = {
    unreachable: 0x00,
    block: 0x02,
    loop: 0x03,
    if: 0x04,
    else: 0x05,
    end: 0x0b,
    br: 0x0c,
    brIf: 0x0d,
    brTable: 0x0e,
    return: 0x0f,
    call: 0x10,
    localGet: 0x20,
    localSet: 0x21,
    localTee: 0x22,
    globalGet: 0x23,
    globalSet: 0x24,
    i64Load: 0x29,
    i64Store: 0x37,
    i64Const: 0x42,
    i64Add: 0x7c,
    i64Mul: 0x7e,
    i64FromUnsigned: 0xad,
    copy: 0xfc0a,
    fill: 0xfc0b,
} as const

const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 } as const
const I32 = 0x7f
const I64 = 0x7e
const NO_RESULT = 0x40
const FUNCTION_KIND = 0

/** What is metered of a module. */
export interface MeterOptions {
    /** Name under which it exports the global with the address that what is done now is charged to. */
    cell: string
    /** Pages of memory that it gets beside its own, for those addresses. */
    extraPages: number
    /** Names of the imports that copy as many bytes as their last argument says. */
    copying: readonly string[]
    weights: Weights
}

interface ModuleFacts {
    types: { params: number; results: number[] }[]
    /** By function, imports first: index of its type. */
    typeOf: number[]
    imported: number
    copying: Set<number>
    cell: number
}

/**
 * Has a module count what it does: every run of instructions without a branch adds what it takes on a
 * board to a variable of its function, which adds it to the number at the cell when it returns.
 * Nothing else of what the module does changes.
 * @throws Error when the module is not as expected
 */
export function meter(wasm: Uint8Array, options: MeterOptions): Uint8Array {
    const { weights } = options
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
                ? meterCode(body, facts, weights)
                : id === SECTION.memory
                  ? largerMemory(body, options.extraPages)
                  : body
        out.push(id, ...leb(made.length))
        for (const byte of made) out.push(byte)
    }
    return new Uint8Array(out)
}

function readFacts(wasm: Uint8Array, { cell, copying }: MeterOptions): ModuleFacts {
    const facts: ModuleFacts = { types: [], typeOf: [], imported: 0, copying: new Set(), cell: -1 }
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
            }
        reader.at = end
    }
    if (facts.cell < 0) throw new Error(`no global is exported as ${cell}`)
    return facts
}

/** One memory of a fixed size. */
function largerMemory(section: Uint8Array, extraPages: number): number[] {
    const reader = new WasmReader(section)
    const [count, flags] = [reader.byte(), reader.byte()]
    const [least, most] = [reader.number(), reader.number()]
    if (count !== 1 || flags !== 1 || least !== most) throw new Error("no memory of a fixed size")
    return [count, flags, ...leb(least + extraPages), ...leb(most + extraPages)]
}

function meterCode(section: Uint8Array, facts: ModuleFacts, weights: Weights): number[] {
    const reader = new WasmReader(section)
    const count = reader.number()
    const out = leb(count)
    for (let i = 0; i < count; i++) {
        const end = reader.number() + reader.at
        const type = facts.types[facts.typeOf[facts.imported + i]!]!
        const body = meterFunction(section.subarray(reader.at, end), type, facts, weights)
        out.push(...leb(body.length))
        for (const byte of body) out.push(byte)
        reader.at = end
    }
    return out
}

/** Only what a branch aims at begins a new run of instructions: by its start, which blocks do not. */
function quietBlocks(instructions: readonly Instruction[]): Set<number> {
    const quiet = new Set<number>()
    const open: { index: number; isAimedAt: boolean }[] = []
    for (const [index, { opcode, indices }] of instructions.entries()) {
        if (opcode === OP.block || opcode === OP.loop || opcode === OP.if)
            open.push({ index, isAimedAt: opcode !== OP.block })
        else if (opcode === OP.end) {
            const block = open.pop()
            if (block && !block.isAimedAt) quiet.add(index)
        } else if (opcode === OP.br || opcode === OP.brIf || opcode === OP.brTable)
            for (const label of indices) {
                const block = open.at(-1 - label)
                if (block) block.isAimedAt = true
            }
    }
    return quiet
}

function meterFunction(
    code: Uint8Array,
    { params, results }: ModuleFacts["types"][number],
    { cell, copying }: ModuleFacts,
    weights: Weights,
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
    const quiet = quietBlocks(instructions)
    const flush = flushing(sum, cell)
    const add = (weight: number) => {
        if (weight > 0)
            out.push(
                ...[OP.localGet, ...leb(sum), OP.i64Const, ...signedLeb(weight)],
                ...[OP.i64Add, OP.localSet, ...leb(sum)],
            )
    }
    /** Those not yet written: their weight goes before them. */
    let run: number[] = []
    let weight = weights.entry
    const write = () => {
        add(weight)
        for (const byte of run) out.push(byte)
        run = []
        weight = 0
    }
    for (const [index, instruction] of instructions.entries()) {
        const { opcode, start, end, indices } = instruction
        const isLast = index === instructions.length - 1
        const setsCell = opcode === OP.globalSet && indices[0] === cell
        if (setsCell) run.push(...flush, ...zero(sum))
        const perByte =
            opcode === OP.fill
                ? weights.filledByte
                : opcode === OP.copy || (opcode === OP.call && copying.has(indices[0]!))
                  ? weights.copiedByte
                  : 0
        if (perByte > 0) run.push(...ofSize(sum, size, perByte))
        if (opcode === OP.return) run.push(...flush)
        weight += weightOf(opcode, weights)
        for (let at = start; at < end; at++) run.push(code[at]!)
        const isBoundary =
            setsCell ||
            opcode === OP.loop ||
            opcode === OP.if ||
            opcode === OP.else ||
            (opcode === OP.end && !quiet.has(index)) ||
            opcode === OP.br ||
            opcode === OP.brIf ||
            opcode === OP.brTable ||
            opcode === OP.return ||
            opcode === OP.unreachable
        if (isBoundary || isLast) write()
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
