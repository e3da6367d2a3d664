import { UserError } from "../../base/errors"
import { sha256 as sha256Of } from "../../base/sha256"
import { readFacts, type BoardFacts } from "../deploy/board-facts"
import { checkRuntime } from "../deploy/runtime-version"
import { untilRunning } from "../deploy/running-program"
import { Debugger } from "../debugger/debugger"
import { BadAnswerError } from "../debugger/debugger-format"
import { RefusedRequestError } from "../debugger/debugger-rules"
import { ExactHeap, type ReadOptions } from "./exact-heap"
import { findServices, SERVICE_CLASS } from "../jacdac/find-services"
import { LinkError, type Link } from "../link"
import { HeapError } from "../../model/heap/heap-memory"
import type { DebuggerGraph } from "../reach/debugger-graph"
import { readReachable, type ReachableOptions } from "../reach/read-reachable"
import { NoWindowError } from "./agent-window"
import { NoAnswerError, type ServiceAddress } from "../jacdac/service-client"

/** A board's heap, read whole. */
export interface HeapReading {
    heap: ExactHeap
    facts: BoardFacts
}

/** What the debugger alone can reach, and how long the program stood still for it, in milliseconds. */
export type ReachableReading = DebuggerGraph & { haltedMs: number; facts: BoardFacts }

export type HeapReadingOptions = Omit<ReadOptions, "image"> & {
    /** What runs on the board, if known: objects then have its names. */
    program?: { entry: string; bytecode: Uint8Array } | undefined
}

/**
 * Looks into the board behind an open link, exactly, and sees to it that it is not left halted. Make one
 * for each opening of the link: addresses on the bus are those of the board that is there.
 */
export class BoardInspector {
    private constructor(
        private readonly link: Link,
        private readonly services: ReadonlyMap<number, ServiceAddress>,
        /** For whatever else is to be asked while the program stands still. */
        readonly debug: Debugger,
    ) {}

    /** @throws UserError when no DeviceScript board announces itself behind the link */
    static async find(link: Link, signal?: AbortSignal): Promise<BoardInspector> {
        const options = signal ? { signal } : {}
        const services = await findServices(link, SERVICE_CLASS.debugger, options)
        signal?.throwIfAborted()
        const at = services?.get(SERVICE_CLASS.debugger)
        if (!services || !at || !services.has(SERVICE_CLASS.manager))
            throw new UserError(
                "E_NO_SERVICE",
                `${link.address}: the board offers no debugger. Is its firmware DeviceScript's?`,
            )
        return new BoardInspector(link, services, new Debugger(link, at))
    }

    /** Has a board go on that somebody left halted. @returns whether it was */
    releaseIfLeft(): Promise<boolean> {
        return this.explained(() => this.debug.releaseIfLeft())
    }

    /** @throws UserError when the board cannot be reached */
    facts(): Promise<BoardFacts> {
        return this.explained(() => readFacts(this.link, this.services))
    }

    /**
     * Halts the program, reads its heap, and lets it go on.
     * @throws UserError when that cannot be done, `NoWindowError` when the program has no agent
     */
    readHeap({ program, ...options }: HeapReadingOptions): Promise<HeapReading> {
        return this.explained(async () => {
            await untilRunning(this.link, this.services, options.signal)
            const facts = await readFacts(this.link, this.services)
            checkRuntime(facts.runtimeVersion)
            if (program) await checkProgram(program, facts)
            const heap = await ExactHeap.read(this.debug, {
                ...options,
                ...(program && { image: program.bytecode }),
            })
            return { heap, facts }
        })
    }

    /**
     * The same, or of a program without the agent what the debugger can reach: the program is halted
     * once for either.
     * @throws UserError when that cannot be done
     */
    readHeapOrReach({
        heapBytes,
        idleBytes,
        ...options
    }: HeapReadingOptions & ReachableOptions): Promise<HeapReading | ReachableReading> {
        return this.explained(async () => {
            const { program } = options
            await untilRunning(this.link, this.services, options.signal)
            const facts = await readFacts(this.link, this.services)
            checkRuntime(facts.runtimeVersion)
            if (program) await checkProgram(program, facts)
            let haltedAt = 0
            const framesBefore = this.debug.frames
            const found = await this.debug.whileHalted(async halted => {
                haltedAt = performance.now()
                try {
                    return {
                        read: await ExactHeap.readHalted(halted, {
                            heapBytes,
                            ...(idleBytes !== undefined && { idleBytes }),
                            ...(options.onRead && { onRead: options.onRead }),
                        }),
                    }
                } catch (error) {
                    if (!(error instanceof NoWindowError)) throw error
                }
                return { reached: await readReachable(halted, options) }
            }, options)
            const haltedMs = performance.now() - haltedAt
            if (found.reached) return { ...found.reached, haltedMs, facts }
            const frames = this.debug.frames - framesBefore
            return { heap: ExactHeap.of(found.read, program?.bytecode, haltedMs, frames), facts }
        })
    }

    /** Lets go of the link, which stays open. */
    close(): void {
        this.debug.close()
    }

    private async explained<T>(work: () => Promise<T>): Promise<T> {
        try {
            return await work()
        } catch (error) {
            throw explain(error, this.link.address)
        }
    }
}

/** @throws UserError when the board has another program */
export async function checkProgram(
    { entry, bytecode }: { entry: string; bytecode: Uint8Array },
    { sha256 }: Pick<BoardFacts, "sha256">,
): Promise<void> {
    const given = await sha256Of(bytecode)
    if (given !== sha256)
        throw new UserError(
            "E_OTHER_PROGRAM",
            `The board runs another program than ${entry} (SHA-256 ${sha256.slice(0, 16)}…, not ${given.slice(0, 16)}…): deploy it, or leave --program out.`,
        )
}

/** What went wrong on the way to the board, in words that say what to do. */
function explain(error: unknown, address: string): unknown {
    if (error instanceof LinkError)
        return new UserError(
            "E_LINK_LOST",
            `${error.message}: the board may be left halted. Connect to it again, and it is let go.`,
        )
    if (error instanceof NoAnswerError)
        return new UserError(
            "E_NO_ANSWER",
            `${address}: ${error.message}. Reset it if it does not go on.`,
        )
    if (error instanceof BadAnswerError || error instanceof RefusedRequestError)
        return new UserError(
            "E_NO_ANSWER",
            `The board's debugger does not answer as the firmware's does: ${error.message}. Is another program connected to it?`,
        )
    if (error instanceof HeapError)
        return new UserError(
            "E_HEAP_UNKNOWN",
            `The board's heap is not one that can be read: ${error.message}. Try again; if it stays so, its memory is damaged or its firmware another.`,
        )
    return error
}
