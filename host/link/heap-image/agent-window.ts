import { UserError } from "../../base/errors"
import { numberOf, VALUE_TAG, type DebuggerValue } from "../debugger/debugger-format"
import type { HaltedProgram } from "../debugger/halted-program"

/** The header of a buffer of two words. The agent (`devs/agent/agent.ts`) keeps it twice. */
export const FALSE_HEADER = 0x05000002
/** Bytes of the agent's buffer: the header, and the length after it. */
const BUFFER_BYTES = 12
/** Variables asked for at once: up to the agent's, when that is imported first. */
const STEP = 6
/** More variables than a program has. */
const MAX_VARIABLES = 2048

/** The program has no agent, or one of a version before this. */
export class NoWindowError extends UserError {
    override readonly name = "NoWindowError"

    constructor() {
        super(
            "E_NO_AGENT",
            'The program has no agent that opens its heap: import { startMemoryAgent } from "heapscope/devs/agent", call it first thing, and deploy the program again.',
        )
    }
}

/** The agent's two variables, and those before them. */
export interface WindowVariables {
    /** Index of the number that is a false header. */
    index: number
    /** Address of the buffer that holds one. */
    buffer: number
    /** The first variables, up to the one after `index` at least. */
    values: DebuggerValue[]
}

/**
 * Finds the agent's two variables among the program's, without asking for more than there are up to
 * them: see `HaltedProgram`.
 * @throws NoWindowError when the program has none
 */
export async function findWindowVariables(program: HaltedProgram): Promise<WindowVariables> {
    const values: DebuggerValue[] = []
    for (;;) {
        const more = await program.globals(values.length, STEP)
        values.push(...more.slice(0, STEP))
        const index = values.findIndex(
            value => value.tag === VALUE_TAG.number && numberOf(value) === FALSE_HEADER,
        )
        if (index >= 0 && index + 1 < values.length)
            for (const value of values) {
                const { tag, v0: buffer } = value
                if (tag !== VALUE_TAG.objBuffer || lengthOf(value) !== BUFFER_BYTES) continue
                if (await isFalseHeader(program, buffer)) return { index, buffer, values }
            }
        if (more.length < STEP || values.length >= MAX_VARIABLES) throw new NoWindowError()
    }
}

async function isFalseHeader(program: HaltedProgram, buffer: number): Promise<boolean> {
    const bytes = await program.bytes(buffer, 0, BUFFER_BYTES)
    if (bytes.length < BUFFER_BYTES) return false
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return view.getUint32(0, true) === FALSE_HEADER && view.getUint16(4, true) === 0xffff
}

function lengthOf({ v1 }: DebuggerValue): number {
    return v1 & 0x7fffffff
}
