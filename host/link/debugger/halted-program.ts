import {
    COMMAND,
    isHeapObject,
    readEntry,
    readFiber,
    readFrame,
    readValue,
    SPECIAL,
    VALUE_TAG,
    type DebuggerEntry,
    type DebuggerFiber,
    type DebuggerFrame,
    type DebuggerValue,
} from "./debugger-format"
import { concatBytes } from "../../base/bytes"
import { AskableObjects, checkRange, MAX_LENGTH, MAX_VALUES } from "./debugger-rules"
import type { ServiceClient } from "../jacdac/service-client"

/** `v1` of an object that has named properties beside its elements. */
const HAS_NAMED = 0x80000000

/**
 * A program that stands still, to be looked at. Every request is checked before it leaves: one that
 * could crash the board is a `RefusedRequestError`. Objects are asked for by the addresses that answers
 * before have named.
 *
 * Bytes, fibers and frames change nothing on the board. A *value* can: of one that is a text or buffer
 * in flash, a role or a built-in object, the board looks up whether it is a function, and may make a
 * table for that on its heap, of 16 bytes, which the program would have got at its first use of such a
 * value. The key of an object's entry is such a text, so of a program that never asked a text for a
 * method or its length, the first entries make that table. Ask for no more values than you need.
 */
export class HaltedProgram {
    private readonly askable = new AskableObjects()

    /** @param check throws when there is a reason to stop asking */
    constructor(
        private readonly client: ServiceClient,
        private readonly check: () => void,
    ) {}

    /** All fibers, in the order of the runtime's own list. */
    async fibers(): Promise<DebuggerFiber[]> {
        return (await this.collect(COMMAND.readFibers)).map(readFiber)
    }

    /** The call frames of a fiber, innermost first. */
    async frames({ handle }: DebuggerFiber): Promise<DebuggerFrame[]> {
        const args = new Uint8Array(4)
        new DataView(args.buffer).setUint32(0, handle, true)
        const frames = (await this.collect(COMMAND.readStack, args)).map(readFrame)
        for (const { address, closure } of frames) {
            this.askable.allow(address)
            if (closure !== 0) this.askable.allow(closure)
        }
        return frames
    }

    /**
     * Global variables by index.
     * @returns fewer than asked for when there are no more
     */
    globals(start: number, count: number): Promise<DebuggerValue[]> {
        return this.values(SPECIAL.globals, VALUE_TAG.special, start, count)
    }

    /**
     * Elements of an array, or variables of a call frame.
     * @returns fewer than asked for when there are no more
     */
    async elements(address: number, start: number, count: number): Promise<DebuggerValue[]> {
        this.askable.check(address)
        return this.values(address, VALUE_TAG.objAny, start, count)
    }

    /** Entries of an object that came as an `objMap` value; its prototype is the first, `__proto__`. */
    async entries(address: number): Promise<DebuggerEntry[]> {
        this.askable.checkProperties(address)
        return this.namedValues(address, VALUE_TAG.objAny)
    }

    /** The same of what the program has attached to a role that came as an `imgRole` value. */
    async roleEntries(index: number): Promise<DebuggerEntry[]> {
        this.askable.checkRole(index)
        return this.namedValues(index, VALUE_TAG.imgRole)
    }

    /**
     * Bytes of a buffer, or of a string as UTF-8.
     * @returns fewer than asked for when it has no more
     */
    async bytes(address: number, start: number, count: number): Promise<Uint8Array> {
        this.askable.check(address)
        checkRange(start, count, MAX_LENGTH)
        const args = rangeArgs(address, VALUE_TAG.objAny, start, count)
        return concatBytes(await this.collect(COMMAND.readBytes, args))
    }

    /** Lets a role be asked for that the program is known to have. @param properties how many it has */
    expectRole(index: number, properties: number): void {
        this.askable.allowRole(index, properties)
    }

    /**
     * Lets a header be asked for that is no object's of the program.
     * @see AskableObjects.prove
     */
    prove(address: number, header: number, end: number): void {
        this.askable.prove(address, header, end)
    }

    private async values(
        v0: number,
        tag: number,
        start: number,
        count: number,
    ): Promise<DebuggerValue[]> {
        checkRange(start, count, MAX_VALUES)
        const args = rangeArgs(v0, tag, start, count)
        const chunks = await this.collect(COMMAND.readIndexedValues, args)
        const values = chunks.map(chunk => readValue(chunk))
        values.forEach(value => this.noteValue(value))
        return values
    }

    private async namedValues(v0: number, tag: number): Promise<DebuggerEntry[]> {
        const args = new Uint8Array(5)
        new DataView(args.buffer).setUint32(0, v0, true)
        args[4] = tag
        const entries = (await this.collect(COMMAND.readNamedValues, args)).map(readEntry)
        for (const { key, value } of entries) {
            if (key !== 0 && key < HAS_NAMED) this.askable.allow(key)
            this.noteValue(value)
        }
        return entries
    }

    private noteValue(value: DebuggerValue): void {
        if (value.tag === VALUE_TAG.imgRole) this.askable.allowRole(value.v0, value.v1)
        if (!isHeapObject(value)) return
        if (value.tag === VALUE_TAG.objMap) this.askable.allow(value.v0, value.v1)
        else this.askable.allow(value.v0)
    }

    private async collect(command: number, args?: Uint8Array): Promise<Uint8Array[]> {
        this.check()
        const chunks = await this.client.collect(command, args, this.check)
        this.check()
        return chunks
    }
}

function rangeArgs(v0: number, tag: number, start: number, count: number): Uint8Array {
    const args = new Uint8Array(10)
    const view = new DataView(args.buffer)
    view.setUint32(0, v0, true)
    args[4] = tag
    view.setUint16(6, start, true)
    view.setUint16(8, count, true)
    return args
}
