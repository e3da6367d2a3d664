import { parseDuration } from "../../base/parse-units"
import type { SeededRandom } from "../../base/seeded-random"
import type { ScenarioFile, ScenarioStep } from "../../documents/scenario/scenario"
import type { Surface } from "./surface"

/** Something that happens to a program. */
export type Event =
    | { kind: "step"; atMs: number; step: ScenarioStep }
    | { kind: "away"; atMs: number; forMs: number }
    | { kind: "server"; host: string; bytes: number; delayMs: number; cutOffAfter?: number }
    | { kind: "slower"; ms: number }

/** A run that may be the worst: all randomness, and what happens. */
export interface Candidate {
    seed: number
    events: readonly Event[]
}

/** Most events of one candidate: more is no case that anybody understands. */
const MAX_EVENTS = 8
const TIMES = [1, 2, 3, 5, 10, 20, 40, 60]
const GAPS_MS = [20, 50, 150, 400, 1_000, 2_500]
/** A button looks at itself twenty times a second: what is faster, it does not see. */
const PRESS_MS = [60, 150, 3_000]
const PRESS_GAPS_MS = [130, 250, 600, 2_500]
const SIZES = [0, 200, 500, 1_000, 2_000, 4_000]
/** What the cloud sends comes in one packet of 236 bytes, topic and names of fields included. */
const CLOUD_SIZES = [0, 60, 120, 180]
const BODIES = [100, 1_000, 2_500, 5_000]
const DELAYS_MS = [0, 500, 2_000, 5_000, 15_000, 30_000]
/** How long after something the network goes, in simulated milliseconds. */
const AFTER_MS = [1, 20, 60, 110, 160, 300, 700]
const AWAY_MS = [200, 3_000, 15_000, 60_000]
const READINGS = [-40, 0, 1, 50, 100, 1_000]

/** Makes candidates, of what there is to act on. */
export class Candidates {
    /** @param base what a user's own scenario says: its events stay, at other times */
    constructor(
        private readonly random: SeededRandom,
        private readonly surface: Surface,
        private readonly forMs: number,
        private readonly base: ScenarioFile = {},
    ) {}

    /** One event of each kind at its strongest: what a program minds, it minds then. */
    *probes(seed: number): Generator<Candidate> {
        const { surface, forMs } = this
        const early = forMs * 0.2
        const step = (step: ScenarioStep, atMs = early): Event => ({ kind: "step", atMs, step })
        const burst = { times: 40, every: "50ms" }
        const one = (...events: Event[]): Candidate => ({ seed, events })
        for (const press of surface.pressed) {
            yield one(
                step({ press, for: `${PRESS_MS[0]}ms`, times: 40, every: `${PRESS_GAPS_MS[0]}ms` }),
            )
            yield one(step({ press, for: "3s", times: 5, every: "4s" }))
        }
        for (const topic of surface.topics) {
            yield one(step({ publish: messageOf(topic, 2_000) }))
            yield one(step({ publish: messageOf(topic, 100), ...burst }))
        }
        for (const topic of surface.cloudTopics) {
            yield one(step({ cloud: messageOf(topic, CLOUD_SIZES.at(-1)!) }))
            yield one(step({ cloud: messageOf(topic, 60), ...burst }))
        }
        for (const host of surface.hosts) {
            yield one({ kind: "server", host, bytes: 5_000, delayMs: 0 })
            yield one({ kind: "server", host, bytes: 100, delayMs: 15_000 })
            yield one({ kind: "server", host, bytes: 5_000, delayMs: 0, cutOffAfter: 3_000 })
        }
        if (surface.usesNetwork) {
            yield one({ kind: "slower", ms: 5_000 })
            yield one({ kind: "away", atMs: early, forMs: forMs / 2 })
            for (const afterMs of [60, 160]) yield one(this.away(afterMs))
        }
        for (const name of surface.sensors)
            for (const value of [-40, 100, 1_000]) yield one(step({ set: { [name]: value } }))
        for (const turn of surface.dials) yield one(step({ turn, by: 3, ...burst }))
        for (const turn of surface.knobs) {
            yield one(step({ turn, to: 0 }))
            yield one(step({ turn, to: 1 }))
        }
    }

    /** Another one like it: an event more or less, at another time, or more of it. */
    mutated({ seed, events }: Candidate): Candidate {
        const changed = [...events]
        const count = 1 + this.below(2)
        for (let i = 0; i < count; i++) {
            const at = this.below(changed.length)
            const which = this.below(10)
            if (changed.length === 0 || (which < 5 && changed.length < MAX_EVENTS))
                this.add(changed)
            else if (which < 6 && changed.length > 1) changed.splice(at, 1)
            else if (which < 8) changed[at] = this.moved(changed[at]!, changed)
            else {
                const again = this.anew(changed[at]!)
                if (again) changed[at] = again
            }
        }
        return { seed: this.below(8) === 0 ? this.below(2 ** 31) : seed, events: changed }
    }

    /** What happens in one, and what in another. */
    crossed(a: Candidate, b: Candidate): Candidate {
        const events = [
            ...new Map([...a.events, ...b.events].map(one => [JSON.stringify(one), one])).values(),
        ]
        while (events.length > MAX_EVENTS) events.splice(this.below(events.length), 1)
        return { seed: a.seed, events }
    }

    /** The same without one of its events, each in turn. */
    *simpler({ seed, events }: Candidate): Generator<Candidate> {
        for (const without of events) yield { seed, events: events.filter(one => one !== without) }
    }

    /** As a scenario file has it. */
    scenarioOf({ seed, events }: Candidate): ScenarioFile {
        const { steps: own = [], servers = [], ...base } = this.base
        const slower = events.find(event => event.kind === "slower")
        const given = new Map(
            events.flatMap(event =>
                event.kind === "server" ? [[event.host, event] as const] : [],
            ),
        )
        const timed = events.flatMap(stepsOf).filter(({ atMs }) => atMs < this.forMs)
        const steps = inOrder(own, timed)
        const others = servers.map(server => {
            const event = given.get(server.host) ?? given.get("*")
            if (!event) return server
            given.delete(server.host)
            return { ...lengthened(server, event.bytes), ...delayed(event) }
        })
        return {
            ...base,
            seed,
            for: `${this.forMs}ms`,
            ...(slower && { slower: `${slower.ms}ms` }),
            ...(others.length + given.size > 0 && {
                servers: [
                    ...others,
                    ...[...given.values()].map(event => ({
                        ...{ host: event.host, madeUp: event.bytes },
                        ...delayed(event),
                    })),
                ],
            }),
            ...(steps.length > 0 && { steps }),
        }
    }

    private add(events: Event[]): void {
        const event = this.anyEvent()
        if (event) events.push(event)
    }

    private anyEvent(): Event | undefined {
        const { surface } = this
        const makers: (() => Event)[] = [
            ...surface.pressed.flatMap(press =>
                Array<() => Event>(2).fill(() =>
                    this.step({
                        ...{ press, for: this.ms(PRESS_MS) },
                        ...this.often(PRESS_GAPS_MS),
                    }),
                ),
            ),
            ...surface.topics.map(
                topic => () =>
                    this.step({ publish: messageOf(topic, this.one(SIZES)), ...this.often() }),
            ),
            ...surface.cloudTopics.map(
                topic => () =>
                    this.step({
                        cloud: messageOf(topic, this.one(CLOUD_SIZES)),
                        ...this.often(),
                    }),
            ),
            ...surface.hosts.map(host => () => this.server(host)),
            ...surface.sensors.map(
                name => () => this.step({ set: { [name]: this.one(READINGS) } }),
            ),
            ...surface.dials.map(
                turn => () => this.step({ turn, by: this.one([-3, 1, 3]), ...this.often() }),
            ),
            ...surface.knobs.map(turn => () => this.step({ turn, to: this.one([0, 0.5, 1]) })),
            ...(surface.usesNetwork
                ? [
                      () => this.away(this.one(AFTER_MS)),
                      () => this.away(this.one(AFTER_MS)),
                      (): Event => ({ kind: "slower", ms: this.one(DELAYS_MS.slice(1)) }),
                  ]
                : []),
        ]
        return makers.length === 0 ? undefined : this.one(makers)()
    }

    private step(step: ScenarioStep): Event {
        return { kind: "step", atMs: this.time(), step }
    }

    private server(host: string): Event {
        const bytes = this.one(BODIES)
        return {
            ...{ kind: "server", host, bytes, delayMs: this.one(DELAYS_MS) },
            ...(this.below(4) === 0 && {
                cutOffAfter: Math.round(bytes * this.random.fraction()) + 100,
            }),
        }
    }

    /** The network goes in the middle of something. */
    private away(afterMs: number): Event {
        const { moments } = this.surface
        const from = moments.length > 0 ? this.one(moments) : this.time()
        return {
            kind: "away",
            atMs: Math.min(from + afterMs, this.forMs * 0.95),
            forMs: this.one(AWAY_MS),
        }
    }

    /** The same at another time: near another event, or anywhere. */
    private moved(event: Event, others: readonly Event[]): Event {
        if (!("atMs" in event)) return this.anew(event) ?? event
        const near = others.flatMap(other =>
            "atMs" in other && other !== event ? [other.atMs] : [],
        )
        const atMs =
            near.length > 0 && this.below(2) === 0
                ? this.one(near) + this.one(AFTER_MS) * (this.below(3) === 0 ? -1 : 1)
                : this.time()
        return { ...event, atMs: Math.min(Math.max(0, atMs), this.forMs * 0.95) }
    }

    /** The same with other numbers. */
    private anew(event: Event): Event | undefined {
        switch (event.kind) {
            case "step": {
                const { step, atMs } = event
                const { publish, cloud, turn, set } = step
                const gaps = step.press === undefined ? GAPS_MS : PRESS_GAPS_MS
                const often = "times" in step || publish || cloud ? this.often(gaps) : {}
                return {
                    ...{ kind: "step", atMs },
                    step: {
                        ...step,
                        ...often,
                        ...(publish && { publish: messageOf(publish.topic, this.one(SIZES)) }),
                        ...(cloud && {
                            cloud: messageOf(cloud.topic, this.one(CLOUD_SIZES)),
                        }),
                        ...(set && { set: { [Object.keys(set)[0]!]: this.one(READINGS) } }),
                        ...(turn !== undefined &&
                            step.to !== undefined && { to: this.random.fraction() }),
                    },
                }
            }
            case "away":
                return { ...event, forMs: this.one(AWAY_MS) }
            case "server":
                return this.server(event.host)
            case "slower":
                return { ...event, ms: this.one(DELAYS_MS.slice(1)) }
        }
    }

    private often(gaps = GAPS_MS): Pick<ScenarioStep, "times" | "every"> {
        return { times: this.one(TIMES), every: this.ms(gaps) }
    }

    private ms(list: readonly number[]): string {
        return `${this.one(list)}ms`
    }

    private time(): number {
        return Math.round(this.random.fraction() * this.forMs * 0.9)
    }

    private below(count: number): number {
        return Math.floor(this.random.fraction() * count)
    }

    private one<T>(list: readonly T[]): T {
        return list[this.below(list.length)]!
    }
}

interface Timed {
    atMs: number
    step: ScenarioStep
}

function stepsOf(event: Event): Timed[] {
    if (event.kind === "step") return [{ atMs: event.atMs, step: event.step }]
    if (event.kind !== "away") return []
    return [
        { atMs: event.atMs, step: { wifi: "drop" } },
        { atMs: event.atMs + event.forMs, step: { wifi: "return" } },
    ]
}

/** A user's own steps, each that has a time with what follows it, and others in between. */
function inOrder(own: readonly ScenarioStep[], timed: readonly Timed[]): ScenarioStep[] {
    const groups: { atMs: number; steps: ScenarioStep[] }[] = [{ atMs: -1, steps: [] }]
    for (const step of own) {
        const looks = [step.expectLog, step.expectPicture, step.assert, step.snapshot]
        if (looks.some(said => said !== undefined)) continue
        const { at } = step
        if (at === undefined) groups.at(-1)!.steps.push(step)
        else groups.push({ atMs: typeof at === "number" ? at : parseDuration(at), steps: [step] })
    }
    for (const { atMs, step } of timed)
        groups.push({ atMs, steps: [{ at: `${Math.round(atMs)}ms`, ...step }] })
    return groups.sort((a, b) => a.atMs - b.atMs).flatMap(({ steps }) => steps)
}

function delayed({ delayMs, cutOffAfter }: Event & { kind: "server" }) {
    return {
        ...(delayMs > 0 && { delay: `${delayMs}ms` }),
        ...(cutOffAfter !== undefined && { cutOffAfter }),
    }
}

function messageOf(topic: string, madeUp: number): { topic: string; madeUp: number } {
    return { topic, madeUp }
}

/** A user's own answer, its texts made longer. */
function lengthened<T extends { body?: string | undefined; json?: unknown }>(
    server: T,
    bytes: number,
): T {
    const long = (value: unknown): unknown => {
        if (typeof value === "string") return value + "x".repeat(bytes)
        if (Array.isArray(value)) return value.map(long)
        if (typeof value !== "object" || value === null) return value
        return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, long(part)]))
    }
    if (server.json !== undefined) return { ...server, json: long(server.json) }
    return server.body === undefined ? server : { ...server, body: server.body + "x".repeat(bytes) }
}
