import { UserError } from "../../../base/errors"
import { fromHex } from "../../../base/hex"
import type { Answer, WorldRecord } from "../../../documents/world-record"
import type { WorldReport } from "../../../documents/world-report"
import type { Settings } from "../../../model/program/program"
import type { Arrivals, Door } from "../../door"
import { ArrivalQueue } from "../arrival-queue"
import { HardwareWorld } from "../hardware/hardware-world"
import type { DoorPlace, World } from "../world"

type AnswerOf<K extends Answer["kind"]> = Extract<Answer, { kind: K }>

/**
 * A world that was recorded: no device, no server and no chance is in it. What the board sends is shown
 * where the made-up world would show it, so that its displays have their pictures; its answers are the
 * record's alone.
 * @param name of the record, for messages
 */
export function playWorld(record: WorldRecord, name: string): World {
    const player = new Player(record, name)
    return {
        door: player.door,
        report: () => record.world,
        screens: () => player.hardware.screens(),
        strips: () => player.hardware.ledStrips(),
        // What happens in it has happened.
        controls: () => [],
        place: () => player.place,
        goTo: place => player.goTo(place),
    }
}

class Player {
    readonly hardware: HardwareWorld
    readonly door: Door
    private readonly arrivals: PlayedArrivals
    /** Answers given. */
    private given = 0
    /** The entry that the next answer is in, and how many of it were given. */
    private entry = 0
    private givenOfEntry = 0

    constructor(
        private readonly record: WorldRecord,
        private readonly name: string,
    ) {
        this.arrivals = new PlayedArrivals(record)
        this.hardware = new HardwareWorld(new ArrivalQueue(), 0)
        this.door = this.makeDoor()
    }

    get place(): DoorPlace {
        return { answers: this.given, comings: this.arrivals.taken }
    }

    /** Goes on from a place that the record was at. */
    goTo({ answers, comings }: DoorPlace): void {
        this.given = answers
        this.givenOfEntry = answers
        this.entry = 0
        for (const { times = 1 } of this.record.answers) {
            if (this.givenOfEntry < times) break
            this.givenOfEntry -= times
            this.entry++
        }
        this.arrivals.goTo(comings)
    }

    private makeDoor(): Door {
        const { pins, i2c, spi, strips } = this.hardware.door
        return {
            strips,
            settings: { all: givenSettings(this.record.world), asked: () => undefined },
            arrivals: this.arrivals,
            random: {
                fill: target =>
                    target.set(this.bytes("random", this.next("random"), target.length)),
            },
            pins: {
                drive: (pin, level) => pins.drive(pin, level),
                release: (pin, use, pull) => pins.release(pin, use, pull),
                level: pin => this.at("level", { pin }).level,
                analog: pin => this.at("analog", { pin }).value,
                pulse: (pin, periodUs, pulseUs) => pins.pulse(pin, periodUs, pulseUs),
                wired: (part, at, atRest) => pins.wired(part, at, atRest),
                temperature: () => this.next("temperature").degrees,
            },
            i2c: {
                write: (address, data, thenRead) => {
                    i2c.write(address, data, thenRead)
                    return this.at("i2c-write", { address }).acknowledged
                },
                read: (address, size) => {
                    const answer = this.at("i2c-read", { address })
                    if (answer.bytes === null) return undefined
                    return this.bytes("i2c-read", { bytes: answer.bytes }, size)
                },
                hasNoPins: () => undefined,
            },
            spi: {
                configure: settings => spi.configure(settings),
                transfer: (sent, size, wanted) => {
                    spi.transfer(sent, size, wanted)
                    if (!wanted) return undefined
                    const { bytes } = this.next("spi")
                    return bytes === null ? undefined : fromHex(bytes)
                },
            },
            jacdac: {
                sent: () => undefined,
                roleOpened: () => undefined,
                roleChanged: () => undefined,
            },
            network: {
                available: () => this.next("network").available,
                isOpen: () => this.arrivals.isOpen,
                open: () => this.next("connect").result,
                write: () => this.next("send").result,
                close: () => undefined,
            },
            cloud: {
                isConnected: () => this.next("cloud").connected,
                upload: () => undefined,
            },
        }
    }

    /** The next answer, which the record must have for just this. */
    private at<K extends "level" | "analog" | "i2c-write" | "i2c-read">(
        kind: K,
        where: Record<string, number>,
    ): AnswerOf<K> {
        const answer = this.next(kind)
        for (const [member, value] of Object.entries(where))
            if ((answer as unknown as Record<string, unknown>)[member] !== value)
                this.disagree(kind, `${member} ${value}`)
        return answer
    }

    private next<K extends Answer["kind"]>(kind: K): AnswerOf<K> {
        const answer = this.record.answers[this.entry]
        if (answer?.kind !== kind) this.disagree(kind)
        this.given++
        if (++this.givenOfEntry === (answer.times ?? 1)) {
            this.entry++
            this.givenOfEntry = 0
        }
        return answer as AnswerOf<K>
    }

    private bytes(kind: Answer["kind"], answer: { bytes: string }, size: number): Uint8Array {
        const bytes = fromHex(answer.bytes)
        if (bytes.length !== size) this.disagree(kind, `${size} bytes`)
        return bytes
    }

    private disagree(kind: Answer["kind"], what = ""): never {
        const found = this.record.answers[this.entry]?.kind ?? "its end"
        const asked = what === "" ? kind : `${kind} (${what})`
        throw new UserError(
            "E_WORLD_RECORD",
            `${this.name} does not fit this run: at ${(this.arrivals.clock.nowUs / 1e6).toFixed(3)} s the board asks for ${asked}, and the record has ${found} after ${this.given} answers. Record it again.`,
        )
    }
}

/** What the recorded run was given and read: what nobody reads is in no heap. */
function givenSettings({ settings = [] }: WorldReport): Settings {
    return new Map(settings.map(({ name, value }) => [name, new TextEncoder().encode(value)]))
}

/** What came by itself, each when the board took it. */
class PlayedArrivals implements Arrivals {
    readonly clock = new ArrivalQueue().clock
    taken = 0
    private wasOpened = false

    constructor(private readonly record: WorldRecord) {
        this.setAlarm()
    }

    get isOpen(): boolean {
        this.passConnections()
        return this.wasOpened
    }

    take(): ReturnType<Arrivals["take"]> {
        this.passConnections()
        const next = this.record.comings[this.taken]
        if (!next || next.kind === "connection" || next.atUs > this.clock.nowUs) return undefined
        this.taken++
        this.setAlarm()
        if (next.kind === "frame") return { kind: "frame", frame: fromHex(next.bytes) }
        const data = fromHex(next.bytes)
        if (next.kind === "from-cloud") return { kind: "cloud", form: next.form, data }
        return { kind: "socket", event: next.event, data }
    }

    goTo(taken: number): void {
        this.taken = taken
        const last = this.record.comings
            .slice(0, taken)
            .findLast(({ kind }) => kind === "connection")
        this.wasOpened = last?.kind === "connection" && last.open
        this.setAlarm()
    }

    /** A world that was recorded hears of nobody else. */
    put(): void {}

    reset(): void {}

    settling(): undefined {
        return undefined
    }

    private passConnections(): void {
        for (;;) {
            const next = this.record.comings[this.taken]
            if (next?.kind !== "connection" || next.atUs > this.clock.nowUs) return
            this.wasOpened = next.open
            this.taken++
            this.setAlarm()
        }
    }

    /** The board's time stops where something comes, as it did. */
    private setAlarm(): void {
        const next = this.record.comings[this.taken]
        if (next) this.clock.at(next.atUs, () => this.passConnections())
    }
}
