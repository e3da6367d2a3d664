/** The debugger service of the firmware (`devicescriptdebugger.md` of jacdac-spec), as we use it. */
export const COMMAND = {
    readFibers: 0x80,
    readStack: 0x81,
    readIndexedValues: 0x82,
    readNamedValues: 0x83,
    readBytes: 0x85,
    halt: 0x94,
} as const

export const REGISTER = { enabled: 0x01, isSuspended: 0x180 } as const

/** The command of a `suspended` event, its counter left out. */
export const SUSPENDED_EVENT = 0x8080

/** What a board answered is not what its firmware's debugger answers. */
export class BadAnswerError extends Error {
    override readonly name = "BadAnswerError"
}

/** What a value is (`ValueTag`). From `objArray` to `objOpaque`, `v0` is the address of a heap block. */
export const VALUE_TAG = {
    number: 0x01,
    special: 0x02,
    fiber: 0x03,
    builtinObject: 0x05,
    exotic: 0x06,
    unhandled: 0x07,
    imgBuffer: 0x20,
    imgStringUtf8: 0x23,
    imgRole: 0x30,
    imgRoleMember: 0x32,
    objAny: 0x50,
    objArray: 0x51,
    objMap: 0x52,
    objBuffer: 0x53,
    objString: 0x54,
    objStackFrame: 0x55,
    objPacket: 0x56,
    objBoundFunction: 0x57,
    objOpaque: 0x58,
} as const

/** `v0` of a `special` value (`ValueSpecial`). */
export const SPECIAL = { undefined: 0, true: 1, false: 2, null: 3, globals: 100 } as const

/** How the debugger writes the index of the program's main function, which is 0 (`FunIdx`). */
const MAIN_FUNCTION = 49_999

/** A value as the debugger tells it. */
export interface DebuggerValue {
    /** One of `VALUE_TAG`. */
    tag: number
    v0: number
    v1: number
    /** Index of the function, of a function that is no object by itself; undefined otherwise. */
    functionIndex: number | undefined
}

/** A fiber of the program. */
export interface DebuggerFiber {
    handle: number
    /** Index of the function at the bottom of its stack. */
    firstFunction: number
}

/** A call frame. */
export interface DebuggerFrame {
    /** Address of its activation on the heap. */
    address: number
    pc: number
    /** Address of the activation it closes over, 0 for none. */
    closure: number
    functionIndex: number
}

/** An entry of an object. */
export interface DebuggerEntry {
    /** The key: a string on the heap by its address, one in flash as the spec's `String` has it. */
    key: number
    value: DebuggerValue
}

const VALUE_BYTES = 11

/** Parts of the packets of an answer, each of them one thing. @throws BadAnswerError for a short one */
export function readValue(data: Uint8Array, start = 0): DebuggerValue {
    const view = viewOf(data, start + VALUE_BYTES)
    const index = view.getUint16(start + 8, true)
    return {
        v0: view.getUint32(start, true),
        v1: view.getUint32(start + 4, true),
        functionIndex: index === 0 ? undefined : index === MAIN_FUNCTION ? 0 : index,
        tag: view.getUint8(start + 10),
    }
}

export function readEntry(data: Uint8Array): DebuggerEntry {
    return { key: viewOf(data, 4).getUint32(0, true), value: readValue(data, 4) }
}

export function readFiber(data: Uint8Array): DebuggerFiber {
    const view = viewOf(data, 8)
    return { handle: view.getUint32(0, true), firstFunction: functionOf(view, 4) }
}

export function readFrame(data: Uint8Array): DebuggerFrame {
    const view = viewOf(data, 16)
    return {
        address: view.getUint32(0, true),
        pc: view.getUint32(4, true),
        closure: view.getUint32(8, true),
        functionIndex: functionOf(view, 12),
    }
}

/** Whether `v0` of the value is the address of a block on the heap. */
export function isHeapObject({ tag, v1 }: DebuggerValue): boolean {
    if (tag >= VALUE_TAG.objArray && tag <= VALUE_TAG.objOpaque) return true
    // A value the debugger knows nothing of comes as its own two words: call frames do.
    const isRaw = tag === VALUE_TAG.unhandled || tag === VALUE_TAG.exotic
    return isRaw && (v1 & 0x7ff00008) === 8
}

/** The number a `number` value is. */
export function numberOf({ v0, v1 }: DebuggerValue): number {
    const view = new DataView(new ArrayBuffer(8))
    view.setUint32(0, v0, true)
    view.setUint32(4, v1, true)
    return view.getFloat64(0, true)
}

function functionOf(view: DataView, at: number): number {
    const index = view.getUint16(at, true)
    return index === MAIN_FUNCTION ? 0 : index
}

function viewOf(data: Uint8Array, least: number): DataView {
    if (data.length < least)
        throw new BadAnswerError(`an answer of ${data.length} bytes is too short`)
    return new DataView(data.buffer, data.byteOffset, data.length)
}
