import { UserError } from "../../base/errors"
import { COMMAND, REGISTER, SUSPENDED_EVENT } from "./debugger-format"
import { findServices, SERVICE_CLASS } from "../jacdac/find-services"
import { HaltedProgram } from "./halted-program"
import { EVENT_COUNTER, type JacdacPacket } from "../../wire/jacdac-packet"
import type { Link } from "../link"
import { ServiceClient, type ServiceAddress } from "../jacdac/service-client"

/** Somebody else works with the debugger: what was read may not belong together. */
export class InterferenceError extends UserError {
    override readonly name = "InterferenceError"

    constructor() {
        super(
            "E_BOARD_BUSY",
            "Another client used the board's debugger at the same time: what was read is discarded. Close the other one and try again.",
        )
    }
}

export interface HaltOptions {
    /** Ends the halt as soon as possible: the board goes on, then `whileHalted` rejects with its reason. */
    signal?: AbortSignal
    /** How long the program may take to reach a point where it can be halted, in milliseconds. */
    timeoutMs?: number
    /** How long it may stand still, in milliseconds: a board may take its time with every answer. */
    haltedMs?: number
}

/** The longest a fiber sleeps before the runtime looks at it again, and some. Milliseconds. */
const HALT_MS = 12_000
/** A heap of 64 KiB is read in half a second, over a link that loses every other frame in a few. */
const HALTED_MS = 30_000
/** How often a board whose event may be lost is asked whether it has halted. Milliseconds. */
const POLL_MS = 100
/** A board that is told to go on is asked whether it does, this often. */
const RELEASE_ATTEMPTS = 5

/**
 * The debugger in the firmware of a board, over an open link, without touching what it runs:
 *
 * ```ts
 * const debug = await Debugger.find(link)          // once per opening of the link
 * if (await debug.releaseIfLeft()) tell("the board had been left halted")
 * const globals = await debug.whileHalted(program => program.globals(0, 10), { signal })
 * debug.close()
 * ```
 *
 * However `whileHalted` ends, the board is told to go on before: when its work is done, fails, takes
 * too long or is aborted. Only a link that goes down in the middle can leave a board halted:
 * `releaseIfLeft` after the next opening puts that right. Do one halt at a time.
 */
export class Debugger {
    private readonly client: ServiceClient
    /** Counters of the `suspended` events heard: each is sent several times. */
    private readonly events = new Set<number>()
    private halt: { heard: () => void; events: number } | undefined
    /** Told when the program is suspended by somebody else, or late. */
    onStray: (() => void) | undefined

    constructor(link: Link, at: ServiceAddress) {
        this.client = new ServiceClient(link, at)
        this.client.watch(packet => this.hear(packet))
    }

    /** @throws UserError when no device behind the link has a debugger */
    static async find(link: Link, signal?: AbortSignal): Promise<Debugger> {
        const services = await findServices(link, SERVICE_CLASS.debugger, {
            ...(signal && { signal }),
        })
        const at = services?.get(SERVICE_CLASS.debugger)
        signal?.throwIfAborted()
        if (at) return new Debugger(link, at)
        throw new UserError(
            "E_NO_SERVICE",
            `${link.address}: the board offers no debugger. Is its firmware DeviceScript's?`,
        )
    }

    /** Frames to and from the debugger so far, acknowledgements left out. */
    get frames(): number {
        return this.client.frames
    }

    /** Whether the board's debugger is switched on, and whether it holds the program. */
    async state(): Promise<{ enabled: boolean; suspended: boolean }> {
        const suspended = await this.isSet(REGISTER.isSuspended)
        return { enabled: await this.isSet(REGISTER.enabled), suspended }
    }

    /** Has a board go on that was left halted, or with its debugger on. @returns whether it was */
    async releaseIfLeft(): Promise<boolean> {
        const { enabled, suspended } = await this.state()
        if (!enabled && !suspended) return false
        await this.release()
        return true
    }

    /**
     * Halts the program for as long as `work` takes.
     * @throws UserError when the program cannot be halted, `InterferenceError` when somebody else
     * halted it as well, what `work` throws, or the signal's reason
     */
    async whileHalted<T>(
        work: (program: HaltedProgram) => Promise<T>,
        { signal, timeoutMs = HALT_MS, haltedMs = HALTED_MS }: HaltOptions = {},
    ): Promise<T> {
        if (this.halt)
            throw new UserError("E_BOARD_BUSY", "The program is being looked at already.")
        signal?.throwIfAborted()
        const halt = (this.halt = { heard: () => undefined as void, events: 0 })
        let end = Infinity
        const check = () => {
            signal?.throwIfAborted()
            if (performance.now() > end)
                throw new UserError(
                    "E_NO_ANSWER",
                    `The board takes more than ${haltedMs / 1000} s to answer: it goes on, and nothing was read.`,
                )
            if (halt.events > 1) throw new InterferenceError()
        }
        try {
            await this.client.command(COMMAND.halt)
            await this.untilSuspended(halt, timeoutMs, signal)
            end = performance.now() + haltedMs
            const result = await work(new HaltedProgram(this.client, check))
            check()
            if (!(await this.isSet(REGISTER.isSuspended))) throw new InterferenceError()
            return result
        } finally {
            // Nothing is asked any more of a program that goes on.
            end = -Infinity
            try {
                await this.release()
            } finally {
                this.halt = undefined
            }
        }
    }

    /** Lets go of the link, which stays open. */
    close(): void {
        this.client.close()
    }

    /** Switching the debugger off has the program go on as well. */
    private async release(): Promise<void> {
        for (let attempt = 0; attempt < RELEASE_ATTEMPTS; attempt++) {
            await this.client.write(REGISTER.enabled, Uint8Array.of(0))
            const { enabled, suspended } = await this.state()
            if (!enabled && !suspended) return
        }
        throw new UserError("E_HALT", "The board stays halted: reset it.")
    }

    private async untilSuspended(
        halt: NonNullable<typeof this.halt>,
        timeoutMs: number,
        signal: AbortSignal | undefined,
    ): Promise<void> {
        const end = performance.now() + timeoutMs
        while (halt.events === 0) {
            signal?.throwIfAborted()
            if (performance.now() > end)
                throw new UserError(
                    "E_HALT",
                    `The program did not come to a point where it can be halted in ${timeoutMs / 1000} s: it sleeps longer, or waits for nothing but packets.`,
                )
            await new Promise<void>(resolve => {
                const timer = setTimeout(resolve, POLL_MS)
                halt.heard = () => {
                    clearTimeout(timer)
                    resolve()
                }
            })
            if (halt.events === 0 && (await this.isSet(REGISTER.isSuspended))) return
        }
    }

    private async isSet(register: number): Promise<boolean> {
        return ((await this.client.read(register))[0] ?? 0) !== 0
    }

    private hear({ command }: JacdacPacket): void {
        if ((command & ~EVENT_COUNTER) !== SUSPENDED_EVENT || this.events.has(command)) return
        // They count to 127: old ones must not be taken for repeated.
        if (this.events.size >= 32) this.events.delete(this.events.values().next().value!)
        this.events.add(command)
        if (this.halt) {
            this.halt.events++
            this.halt.heard()
        } else this.onStray?.()
    }
}
