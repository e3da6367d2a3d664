import {
    BadAnswerError,
    type DebuggerEntry,
    type DebuggerFiber,
    type DebuggerFrame,
    type DebuggerValue,
} from "./debugger-format"
import { MAX_LENGTH, MAX_VALUES } from "./debugger-rules"
import type { HaltedProgram } from "./halted-program"

/** Where an answer may start: the debugger counts with 16 bits. */
const MAX_START = 0xffff
/** An answer under way when the time is over may take so much longer. Milliseconds. */
const MAX_LATE_MS = 3000
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true })

/** What looking at a program may cost. */
export interface ReadLimits {
    /** Requests to the debugger. Default: 1,000. */
    maxCommands?: number
    /** How long the program may stand still, in milliseconds. Default: 2,000. */
    maxMs?: number
}

/** A limit is reached. */
export class LimitReachedError extends Error {
    override readonly name = "LimitReachedError"
}

/** A halted program, of which no more may be asked than a limit. @throws LimitReachedError beyond it */
export class LimitedProgram {
    /** Requests so far. */
    commands = 0
    private readonly maxCommands: number
    private readonly endMs: number
    private readonly texts = new Map<number, { text: string; bytes: number }>()

    constructor(
        private readonly program: HaltedProgram,
        { maxCommands = 1000, maxMs = 2000 }: ReadLimits,
    ) {
        this.maxCommands = maxCommands
        this.endMs = performance.now() + maxMs
    }

    fibers(): Promise<DebuggerFiber[]> {
        return this.ask(() => this.program.fibers())
    }

    frames(fiber: DebuggerFiber): Promise<DebuggerFrame[]> {
        return this.ask(() => this.program.frames(fiber))
    }

    globals(): Promise<DebuggerValue[]> {
        return this.all(MAX_VALUES, start => this.program.globals(start, MAX_VALUES))
    }

    /** All elements of an array, or variables of a call frame. */
    elements(address: number): Promise<DebuggerValue[]> {
        return this.all(MAX_VALUES, start => this.program.elements(address, start, MAX_VALUES))
    }

    entries(address: number): Promise<DebuggerEntry[]> {
        return this.ask(() => this.program.entries(address))
    }

    expectRole(role: number, properties: number): void {
        this.program.expectRole(role, properties)
    }

    /** What is attached to a role, its prototype first. */
    roleEntries(role: number): Promise<DebuggerEntry[]> {
        return this.ask(() => this.program.roleEntries(role))
    }

    /** A text on the heap, and its bytes as UTF-8; it is asked for once. */
    async text(address: number): Promise<{ text: string; bytes: number }> {
        const known = this.texts.get(address)
        if (known) return known
        const bytes = Uint8Array.from(
            await this.all(MAX_LENGTH, async start => [
                ...(await this.program.bytes(address, start, MAX_LENGTH)),
            ]),
        )
        const found = { text: TEXT.decode(bytes), bytes: bytes.length }
        this.texts.set(address, found)
        return found
    }

    /** Everything from 0 on, as far as an answer can be asked for; a short answer is the last. */
    private async all<T>(atOnce: number, request: (start: number) => Promise<T[]>): Promise<T[]> {
        const all: T[] = []
        for (;;) {
            const more = await this.ask(() => request(all.length))
            all.push(...more)
            if (more.length < atOnce || all.length > MAX_START) return all
        }
    }

    private ask<T>(request: () => Promise<T>): Promise<T> {
        if (this.commands >= this.maxCommands || performance.now() > this.endMs)
            return Promise.reject(new LimitReachedError())
        this.commands++
        return this.inTime(request())
    }

    /** A board may send the parts of one answer as slowly as it likes. */
    private async inTime<T>(answer: Promise<T>): Promise<T> {
        let timer: ReturnType<typeof setTimeout> | undefined
        const late = new Promise<never>((_, reject) => {
            timer = setTimeout(
                () => reject(new BadAnswerError("one answer takes longer than all may")),
                this.endMs - performance.now() + MAX_LATE_MS,
            )
        })
        try {
            return await Promise.race([answer, late])
        } finally {
            clearTimeout(timer)
        }
    }
}
