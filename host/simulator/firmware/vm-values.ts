import { CTX, FIBER } from "../../model/heap/layout"
import type { SpiSettings } from "../door"

/** The VM's own functions for values and errors, which what we put into it calls as firmware does. */
export interface ValueFunctions {
    malloc(size: number): number
    free(address: number): void
    devs_arg_int(ctx: number, index: number): number
    devs_arg_int_defl(ctx: number, index: number, otherwise: number): number
    devs_bufferish_data(ctx: number, value: number, size: number): number
    devs_buffer_is_writable(ctx: number, value: number): number
    devs_ret_int(ctx: number, value: number): void
    devs_value_from_int(result: number, value: number): void
    devs_value_from_double(result: number, value: number): void
    devs_throw_type_error(result: number, ctx: number, format: number, args: number): void
    devs_throw_range_error(result: number, ctx: number, format: number, args: number): void
    devs_throw_expecting_error(result: number, ctx: number, what: number, value: number): void
    devs_throw_expecting_error_ext(result: number, ctx: number, what: number, value: number): void
    devs_throw_not_supported_error(result: number, ctx: number, what: number): void
    devs_fiber_sleep(fiber: number, ms: number): void
    devs_try_alloc(ctx: number, size: number): number
    devs_free(ctx: number, address: number): void
    dcfg_get_pin(key: number): number
    dcfg_get_i32(key: number, otherwise: number): number
}

/** Bytes of a buffer on the board: a view that lasts until the VM runs again. */
export interface BoardBytes {
    address: number
    bytes: Uint8Array
}

/** A fiber that waits for a transfer to end: until the word at `address` is another, or its heap is. */
export interface Suspension {
    heap: number
    /** Of the fiber's wake time. */
    address: number
    until: number
}

/** What the replaced functions keep between two calls. It is data alone: a keyframe of a board has it. */
export interface FirmwareState {
    /** Heaps that have come to an end. */
    heaps: number
    /**
     * What was looked up in the board's configuration while a heap has been there: the VM's own look is
     * counted as the program's work, so a board that goes on must not look again.
     */
    configuration: { heap: number; values: Record<string, number | null> }
    /** Blocks on the program's heap that are freed when the VM next runs at or after a time. */
    releases: { atUs: number; ctx: number; block: number; heap: number }[]
    spi?: SpiSettings
    /** The transfers under way. */
    spiBusy?: Suspension | undefined
    stripBusy?: Suspension | undefined
}

/** The names of things in the VM's messages (`DEVS_BUILTIN_STRING_*` in its `devs_bytecode.h`). */
export const BUILTIN_STRING = { buffer: 18, image: 184, gpio: 208, mode: 210 } as const

const VALUE_BYTES = 8
const NO_PIN = 0xff
const encoder = new TextEncoder()

/**
 * Reads what a program passes to a function of the firmware, and answers it. Values are passed by their
 * address; nothing here allocates on the program's heap except what the VM's own functions do.
 */
export class VmValues {
    state: FirmwareState = { heaps: 0, configuration: { heap: -1, values: {} }, releases: [] }

    constructor(
        readonly vm: ValueFunctions,
        readonly words: Uint32Array,
        readonly bytes: Uint8Array,
    ) {}

    /** Address of the nth argument. */
    argument(ctx: number, index: number): number {
        return ctx + CTX.stack + (index + 1) * VALUE_BYTES
    }

    integer(ctx: number, index: number): number {
        return this.vm.devs_arg_int(ctx, index)
    }

    /** A buffer, string or literal; undefined for any other value. */
    buffer(ctx: number, index: number): BoardBytes | undefined {
        return this.bufferAt(ctx, this.argument(ctx, index))
    }

    bufferAt(ctx: number, value: number): BoardBytes | undefined {
        const size = this.vm.malloc(4)
        this.words[size >>> 2] = 0
        const address = this.vm.devs_bufferish_data(ctx, value, size)
        const length = this.words[size >>> 2]!
        this.vm.free(size)
        if (address === 0) return undefined
        return { address, bytes: this.bytes.subarray(address, address + length) }
    }

    isWritable(ctx: number, index: number): boolean {
        return this.vm.devs_buffer_is_writable(ctx, this.argument(ctx, index)) !== 0
    }

    isNullish(ctx: number, index: number): boolean {
        const value = this.argument(ctx, index) >>> 2
        const [low, high] = [this.words[value]!, this.words[value + 1]!]
        // A handle of the special type whose value is null (3) or undefined (0).
        return (high & 0x7ff0000f) === 0 && (low === 0 || low === 3)
    }

    /** The object on the heap that a value stands for, if it does for one. */
    object(value: number): number | undefined {
        const [low, high] = [this.words[value >>> 2]!, this.words[(value >>> 2) + 1]!]
        return (high & 0x7ff00000) === 0 && (high & 0xf) === 8 ? low : undefined
    }

    returnInteger(ctx: number, value: number): void {
        this.vm.devs_ret_int(ctx, value)
    }

    throwTypeError(ctx: number, text: string): void {
        this.throwText(text, (result, at) => this.vm.devs_throw_type_error(result, ctx, at, 0))
    }

    throwRangeError(ctx: number, text: string): void {
        this.throwText(text, (result, at) => this.vm.devs_throw_range_error(result, ctx, at, 0))
    }

    throwNotSupported(ctx: number, what: string): void {
        this.throwText(what, (result, at) =>
            this.vm.devs_throw_not_supported_error(result, ctx, at),
        )
    }

    /** @param what one of `BUILTIN_STRING`, or a text; `value` is the address of what came instead */
    throwExpecting(ctx: number, what: number | string, value: number): void {
        if (typeof what === "string")
            this.throwText(what, (result, at) =>
                this.vm.devs_throw_expecting_error_ext(result, ctx, at, value),
            )
        else
            this.throwText("", result =>
                this.vm.devs_throw_expecting_error(result, ctx, what, value),
            )
    }

    /**
     * Suspends the running fiber for this long, in whole milliseconds; its program goes on meanwhile.
     * @returns undefined when no fiber runs
     */
    suspend(ctx: number, microseconds: number): Suspension | undefined {
        const fiber = this.words[(ctx + CTX.currFiber) >>> 2]!
        if (fiber === 0) return undefined
        this.vm.devs_fiber_sleep(fiber, Math.ceil(microseconds / 1000))
        const address = fiber + FIBER.wakeTime
        return { heap: this.state.heaps, address, until: this.words[address >>> 2]! }
    }

    isSuspended(suspension: Suspension | undefined): boolean {
        if (!suspension) return false
        const { heap, address, until } = suspension
        return this.state.heaps === heap && this.words[address >>> 2] === until
    }

    /** Has a block on the program's heap freed when the VM next runs at or after a time. */
    releaseLater(atUs: number, ctx: number, block: number): void {
        const { heaps, releases } = this.state
        releases.push({ atUs, ctx, block, heap: heaps })
    }

    /** Frees what is due by now, unless its heap has gone. To be called when the VM is about to run. */
    doDue(nowUs: number): void {
        const { state } = this
        if (state.releases.length === 0) return
        const due = state.releases.filter(({ atUs }) => atUs <= nowUs)
        state.releases = state.releases.filter(({ atUs }) => atUs > nowUs)
        for (const { ctx, block, heap } of due)
            if (heap === state.heaps) this.vm.devs_free(ctx, block)
    }

    /** A pin of the board's configuration, undefined where it names none. */
    configuredPin(key: string): number | undefined {
        return this.known(key, () => {
            const pin = this.withText(key, at => this.vm.dcfg_get_pin(at)) & 0xff
            return pin === NO_PIN ? undefined : pin
        })
    }

    /** A number of the board's configuration. */
    configured(key: string, otherwise: number): number {
        return this.known(key, () =>
            this.withText(key, at => this.vm.dcfg_get_i32(at, otherwise)),
        ) as number
    }

    /** The configuration is the board's and its program's: as long as that runs, it stays. */
    private known(key: string, look: () => number | undefined): number | undefined {
        const { state } = this
        if (state.configuration.heap !== state.heaps)
            state.configuration = { heap: state.heaps, values: {} }
        const { values } = state.configuration
        if (values[key] === undefined) values[key] = look() ?? null
        return values[key] ?? undefined
    }

    private throwText(text: string, use: (result: number, at: number) => void): void {
        const result = this.vm.malloc(VALUE_BYTES)
        // The VM's messages are formats: nothing in ours may be taken for one.
        this.withText(text.replaceAll("%", "%%"), at => use(result, at))
        this.vm.free(result)
    }

    private withText<T>(text: string, use: (address: number) => T): T {
        const bytes = encoder.encode(`${text}\0`)
        const address = this.vm.malloc(bytes.length)
        this.bytes.set(bytes, address)
        const result = use(address)
        this.vm.free(address)
        return result
    }
}
