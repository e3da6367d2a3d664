import { HeapError } from "../../model/heap/heap-memory"
import { numberOf, SPECIAL, VALUE_TAG, type DebuggerValue } from "./debugger-format"

/** Bits by which a value's high word tells its type (`devs_value.h`). */
const TYPE = {
    special: 0,
    fiber: 1,
    role: 2,
    staticFunction: 3,
    flash: 4,
    roleMember: 6,
    object: 8,
    closure: 9,
} as const
const INTEGER = 0xffffffff
/** Flash handles carry their table above 14 bits. */
const TABLE_SHIFT = 14
const FIRST_BUILTIN_OBJECT = 0x60
const SPECIAL_WORD: Readonly<Record<number, number>> = {
    [SPECIAL.undefined]: 0,
    [SPECIAL.true]: 0x40,
    [SPECIAL.false]: 1,
    [SPECIAL.null]: 3,
}

/**
 * The two words of a value in the board's memory, low one first, from what the debugger tells of it.
 * @throws HeapError for a kind of value whose words the debugger does not tell
 */
export function wordsOf(value: DebuggerValue): [number, number] {
    const { tag, v0, v1, functionIndex } = value
    if (functionIndex !== undefined) {
        if (tag === VALUE_TAG.special && v0 === SPECIAL.undefined)
            return [functionIndex, TYPE.staticFunction]
        if (tag === VALUE_TAG.unhandled || tag === VALUE_TAG.objStackFrame)
            return [v0, ((functionIndex << 4) | TYPE.closure) >>> 0]
        throw unknown(value)
    }
    if (tag === VALUE_TAG.number) {
        const number = numberOf(value)
        if (!Number.isFinite(number)) return [notFinite(number), TYPE.special]
        // The VM keeps every number that is one as an integer of 32 bits.
        return Number.isInteger(number) && number === (number | 0)
            ? [(number | 0) >>> 0, INTEGER]
            : [v0, v1]
    }
    if (tag === VALUE_TAG.special) {
        const word = SPECIAL_WORD[v0]
        if (word !== undefined) return [word, TYPE.special]
        throw unknown(value)
    }
    if (tag === VALUE_TAG.builtinObject) return [FIRST_BUILTIN_OBJECT + v0, TYPE.special]
    if (tag === VALUE_TAG.fiber) return [v0, TYPE.fiber]
    if (tag >= VALUE_TAG.imgBuffer && tag <= VALUE_TAG.imgStringUtf8)
        return [((tag - VALUE_TAG.imgBuffer) << TABLE_SHIFT) | v0, TYPE.flash]
    if (tag === VALUE_TAG.imgRole) return [v0, TYPE.role]
    if (tag === VALUE_TAG.imgRoleMember) return [v0, TYPE.roleMember]
    if (tag === VALUE_TAG.unhandled || tag === VALUE_TAG.exotic) return [v0, v1]
    if (tag >= VALUE_TAG.objArray && tag <= VALUE_TAG.objOpaque) return [v0, TYPE.object]
    throw unknown(value)
}

function notFinite(number: number): number {
    if (Number.isNaN(number)) return 2
    return number > 0 ? 0x42 : 0x43
}

function unknown({ tag }: DebuggerValue): HeapError {
    return new HeapError(
        `a global variable is of a kind (0x${tag.toString(16)}) nobody can write down`,
    )
}
