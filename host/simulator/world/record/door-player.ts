import { UserError } from "../../../base/errors"
import { fromHex } from "../../../base/hex"
import type { Coming } from "../../../documents/world-record"
import type { Settings } from "../../../model/program/program"
import type { Alarm } from "../../clock"
import type { Arrivals, Door } from "../../door"
import { ArrivalQueue } from "../arrival-queue"
import type { DoorPlace } from "../world"
import type { Noted } from "./door-listener"

type AnswerOf<K extends Noted["kind"]> = Extract<Noted, { kind: K }>

/** What came through a door, each by its number from 0; it may grow while it is played. */
export interface DoorRecord {
    /** What the board was answered. */
    answer(number: number): Noted | undefined
    /** What came by itself. */
    coming(number: number): Coming | undefined
}

/** What the board sends there is shown: its displays, its strips of LEDs. */
type Shown = Pick<Door, "pins" | "i2c" | "spi" | "strips">

/** A door through which comes what came through one before. */
export class DoorPlayer {
    readonly door: Door
    private readonly arrivals: PlayedArrivals
    /** Answers given. */
    private given = 0

    /** @param name of the record, for messages */
    constructor(
        private readonly record: DoorRecord,
        private readonly name: string,
        private readonly around: { shown: Shown; settings: Settings },
    ) {
        this.arrivals = new PlayedArrivals(record)
        this.door = this.makeDoor()
    }

    get place(): DoorPlace {
        return { answers: this.given, ...this.arrivals.place }
    }

    /** Goes on from a place that the record was at, at the time that its clock has then. */
    goTo({ answers, ...comings }: DoorPlace): void {
        this.given = answers
        this.arrivals.goTo(comings)
    }

    private makeDoor(): Door {
        const { shown, settings } = this.around
        const { pins, i2c, spi, strips } = shown
        return {
            strips,
            settings: { all: settings, asked: () => undefined },
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

    private next<K extends Noted["kind"]>(kind: K): AnswerOf<K> {
        const answer = this.record.answer(this.given)
        if (answer?.kind !== kind) this.disagree(kind)
        this.given++
        return answer as AnswerOf<K>
    }

    private bytes(kind: Noted["kind"], answer: { bytes: string }, size: number): Uint8Array {
        const bytes = fromHex(answer.bytes)
        if (bytes.length !== size) this.disagree(kind, `${size} bytes`)
        return bytes
    }

    private disagree(kind: Noted["kind"], what = ""): never {
        const found = this.record.answer(this.given)?.kind ?? "its end"
        const asked = what === "" ? kind : `${kind} (${what})`
        throw new UserError(
            "E_WORLD_RECORD",
            `${this.name} does not fit this run: at ${(this.arrivals.clock.nowUs / 1e6).toFixed(3)} s the board asks for ${asked}, and the record has ${found} after ${this.given} answers. Record it again.`,
        )
    }
}

/** What came by itself, each when the board took it. */
class PlayedArrivals implements Arrivals {
    readonly clock = new ArrivalQueue().clock
    private taken = 0
    private wasOpened = false
    private alarm: Alarm | undefined

    constructor(private readonly record: DoorRecord) {
        this.setAlarm()
    }

    get place(): Omit<DoorPlace, "answers"> {
        return { comings: this.taken, isOpen: this.wasOpened }
    }

    get isOpen(): boolean {
        this.passConnections()
        return this.wasOpened
    }

    take(): ReturnType<Arrivals["take"]> {
        this.passConnections()
        const next = this.record.coming(this.taken)
        if (!next || next.kind === "connection" || next.atUs > this.clock.nowUs) return undefined
        this.taken++
        this.setAlarm()
        if (next.kind === "frame") return { kind: "frame", frame: fromHex(next.bytes) }
        const data = fromHex(next.bytes)
        if (next.kind === "from-cloud") return { kind: "cloud", form: next.form, data }
        return { kind: "socket", event: next.event, data }
    }

    goTo({ comings, isOpen }: Omit<DoorPlace, "answers">): void {
        this.taken = comings
        this.wasOpened = isOpen
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
            const next = this.record.coming(this.taken)
            if (next?.kind !== "connection" || next.atUs > this.clock.nowUs) return
            this.wasOpened = next.open
            this.taken++
            this.setAlarm()
        }
    }

    /** The board's time stops where something comes, as it did. */
    private setAlarm(): void {
        this.alarm?.cancel()
        const next = this.record.coming(this.taken)
        this.alarm = next && this.clock.at(next.atUs, () => this.passConnections())
    }
}
