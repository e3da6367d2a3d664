import type { SeededRandom } from "../../../base/seeded-random"
import { orderedPromise, type JobQueue } from "./ordered-promise"

export type Timer = (
    handler: (...args: unknown[]) => void,
    ms?: number,
    ...args: unknown[]
) => number

/** Names that a bundled library is evaluated with, in place of the host's own. */
export interface WorldGlobals {
    setTimeout: Timer
    setInterval: Timer
    clearTimeout: (id: number) => void
    clearInterval: (id: number) => void
    Date: DateConstructor
    Math: Math
    Promise: PromiseConstructor
    crypto: { getRandomValues<T extends Uint8Array | Uint32Array>(target: T): T }
    console: Pick<Console, "debug" | "log" | "info" | "warn" | "error">
}

/** What a library has of a world that is at work. */
export interface WorldAtWork extends Pick<
    WorldGlobals,
    "setTimeout" | "setInterval" | "clearTimeout" | "clearInterval"
> {
    /** Simulated milliseconds since 1970. */
    readonly calendarMs: number
    readonly random: SeededRandom
    /** What follows from settled promises. */
    readonly jobs: Pick<JobQueue, "add">
}

/** Calls into a library that worlds share, for one of them. */
export type Within = <T>(world: WorldAtWork, work: () => T) => T

/** What is called of these globals is of the world that is at work: each thread does one thing at a time. */
export function globalsOf(current: () => WorldAtWork): WorldGlobals {
    const nothing = () => undefined
    return {
        setTimeout: (...args) => current().setTimeout(...args),
        setInterval: (...args) => current().setInterval(...args),
        clearTimeout: id => current().clearTimeout(id),
        clearInterval: id => current().clearInterval(id),
        Date: worldDate(() => current().calendarMs),
        Math: Object.create(Math, {
            random: { value: () => current().random.fraction() },
        }) as Math,
        Promise: orderedPromise({ add: job => current().jobs.add(job) }),
        crypto: {
            getRandomValues: target => {
                const { buffer, byteOffset, byteLength } = target
                current().random.fill(new Uint8Array(buffer, byteOffset, byteLength))
                return target
            },
        },
        console: { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing },
    }
}

/** Dates that know no other clock than `now`, and no other time zone than UTC. */
function worldDate(now: () => number): DateConstructor {
    return class extends Date {
        constructor(...args: [] | [number | string]) {
            super(args.length === 0 ? now() : args[0])
        }
        static override now(): number {
            return now()
        }
        override getFullYear(): number {
            return this.getUTCFullYear()
        }
        override getMonth(): number {
            return this.getUTCMonth()
        }
        override getDate(): number {
            return this.getUTCDate()
        }
        override getDay(): number {
            return this.getUTCDay()
        }
        override getHours(): number {
            return this.getUTCHours()
        }
        override getMinutes(): number {
            return this.getUTCMinutes()
        }
        override getSeconds(): number {
            return this.getUTCSeconds()
        }
    } as unknown as DateConstructor
}
