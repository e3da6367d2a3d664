import type { HeapBlock } from "../../model/heap/block"
import { HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { FIBER, PIN_STATE, ROLE } from "../../model/heap/layout"
import { MemoryReader } from "../../model/heap/memory-reader"
import type { DebuggerFiber } from "../debugger/debugger-format"

/** Built-in objects that can have a table of their own (`MAX_PROTO` in the VM's `objects.c`). */
const BUILTIN_PROTOS = 12
/** What comes first on the heap: global variables, three tables, pins. */
const PINS_BLOCK = 4
/** The runtime rounds a block up by this at most, rather than leave a hole nobody can use. */
const SLACK_BYTES = 8

/** Addresses of the runtime's own data on the heap, as its context in other memory has them. 0 for none. */
export interface RuntimeBlocks {
    /** The first of its list. */
    fibers: number
    builtinProtos: number
    roles: number
    numRoles: number
    pins: number
    numPins: number
}

/**
 * Finds the runtime's own data among the blocks it holds by itself. What points to them is not on
 * the heap, but they have little in common.
 * @param fibers as the debugger lists them
 * @throws HeapError when a fiber is not where it must be
 */
export function findRuntimeBlocks(
    heap: HeapMemory,
    blocks: readonly HeapBlock[],
    fibers: readonly DebuggerFiber[],
): RuntimeBlocks {
    const reader = new MemoryReader(heap)
    const byAddress = new Map(blocks.map(block => [block.address, block]))
    // The first is the global variables.
    const own = blocks.slice(1).filter(({ type, pinned }) => pinned && type === "bytes")
    const size = (block: HeapBlock) => block.bytes - 4
    const words = (block: HeapBlock, count: number) =>
        Array.from({ length: count }, (_, i) => reader.word(block.address + 4 + 4 * i))
    const take = (isIt: (block: HeapBlock) => boolean): HeapBlock | undefined => {
        const at = own.findIndex(isIt)
        return at < 0 ? undefined : own.splice(at, 1)[0]
    }

    // Made before the program starts, and even for no pin at all.
    const pins = take(block => block === blocks[PINS_BLOCK])
    const numPins = pins ? Math.floor(size(pins) / PIN_STATE.size) : 0
    for (let i = 0; i < numPins; i++)
        if (reader.byte(pins!.address + 4 + PIN_STATE.size * i + PIN_STATE.id) !== i)
            throw new HeapError("the runtime's list of pins is not where it must be")

    let first = 0
    for (const fiber of fibers.toReversed()) {
        const block = take(({ address, bytes }) => {
            const data = address + 4
            return (
                bytes >= FIBER.size + 4 &&
                reader.word(data + FIBER.handle) === fiber.handle &&
                reader.word(data + FIBER.next) === first &&
                reader.half(data + FIBER.bottomFunction) === fiber.firstFunction
            )
        })
        if (!block) throw new HeapError(`fiber ${fiber.handle} is not on the heap`)
        first = block.address + 4
    }

    const builtinProtos = take(block => {
        if (size(block) < 4 * BUILTIN_PROTOS || size(block) > 4 * BUILTIN_PROTOS + SLACK_BYTES)
            return false
        const used = words(block, BUILTIN_PROTOS).filter(word => word !== 0)
        return (
            used.length > 0 && used.every(word => byAddress.get(word)?.type === "half-static-map")
        )
    })
    const isRole = (data: number): boolean => {
        const block = byAddress.get(data - 4)
        if (!block?.pinned || block.type !== "bytes" || size(block) < ROLE.size) return false
        const attached = reader.word(data + ROLE.attached)
        const { kind } = reader.value(data + ROLE.name)
        return (
            (kind === "string" || kind === "object") && (attached === 0 || byAddress.has(attached))
        )
    }
    let numRoles = 0
    const roles = take(block => {
        numRoles = rolesIn(size(block))
        const used = words(block, numRoles).filter(word => word !== 0)
        return used.length > 0 && used.every(isRole)
    })
    const data = (block: HeapBlock | undefined) => (block ? block.address + 4 : 0)
    return {
        fibers: first,
        builtinProtos: data(builtinProtos),
        roles: data(roles),
        numRoles: roles ? numRoles : 0,
        pins: data(pins),
        numPins,
    }
}

/** Entries of the largest list of roles that fits: it grows from n to 2n + 2. */
function rolesIn(bytes: number): number {
    let count = 0
    while (4 * (2 * count + 2) <= bytes) count = 2 * count + 2
    return count
}
