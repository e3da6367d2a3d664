import { ACTIVATION, CTX, FIBER, IMAGE, PIN_STATE, ROLE } from "./layout"
import { hex, HeapError, type HeapMemory } from "./heap-memory"

/** More fibers or frames than any heap can hold: a list this long runs in a circle. */
const MAX_LIST = 0x10000

/**
 * Visits the collector's roots in the VM's own order (`mark_roots` in `gc_alloc.c`).
 * @param ctx address of the program's context (`devs_ctx_t`)
 * @param pointer gets the address of a heap block, or 0
 * @param values gets the address of the first of `count` 8-byte values
 */
export function visitRoots(
    heap: HeapMemory,
    ctx: number,
    pointer: (address: number) => void,
    values: (address: number, count: number) => void,
): void {
    const word = (address: number): number => {
        const value = address & 3 ? undefined : heap.words[(address - heap.origin) >>> 2]
        if (value === undefined)
            throw new HeapError(`the program's state at ${hex(address)} lies outside the memory`)
        return value
    }
    const byte = (address: number) => (word(address & ~3) >>> ((address & 3) * 8)) & 0xff
    const half = (address: number) => (word(address & ~3) >>> ((address & 2) * 8)) & 0xffff

    const globals = word(ctx + CTX.globals)
    if (globals !== 0) values(globals, half(word(ctx + CTX.image) + IMAGE.numGlobals))
    values(ctx + CTX.stack, byte(ctx + CTX.stackTopForGc))

    const protos = word(ctx + CTX.builtinProtos)
    for (let i = 0; i < byte(ctx + CTX.numBuiltinProtos); i++) pointer(word(protos + 4 * i))

    const roles = word(ctx + CTX.roles)
    for (let i = 0; i < half(ctx + CTX.numRoles); i++) {
        const role = word(roles + 4 * i)
        if (role === 0) continue
        values(role + ROLE.name, 1)
        pointer(word(role + ROLE.attached))
    }

    const pins = word(ctx + CTX.pinState)
    for (let i = 0; i < byte(ctx + CTX.numPins); i++)
        values(pins + PIN_STATE.size * i + PIN_STATE.object, 1)

    pointer(word(ctx + CTX.fnProtos))
    pointer(word(ctx + CTX.fnValues))
    pointer(word(ctx + CTX.specProtos))
    values(ctx + CTX.exnVal, 1)
    values(ctx + CTX.diagField, 1)

    let fibers = 0
    for (let fiber = word(ctx + CTX.fibers); fiber !== 0; fiber = word(fiber + FIBER.next)) {
        values(fiber + FIBER.returnValue, 1)
        let frames = 0
        const first = word(fiber + FIBER.activation)
        for (let frame = first; frame !== 0; frame = word(frame + ACTIVATION.caller)) {
            pointer(frame)
            if (++frames > MAX_LIST) throw new HeapError("a fiber's call frames run in a circle")
        }
        if (++fibers > MAX_LIST) throw new HeapError("the list of fibers runs in a circle")
    }
}
