import type { ScriptedSurroundings } from "../scripted-surroundings"
import type { WorldTime } from "../world-time"
import { playReports } from "./play-reports"
import { READING } from "../../../wire/jacdac-packet"
import type { RecordedCast, RecordedReport } from "./recorded-services"

type People = Pick<ScriptedSurroundings, "hold" | "setPin">

/** Codes of the events of a button. */
const DOWN = 1
const UP = 2

type Play = (people: People, pin: number, report: RecordedReport) => void

/** The kinds of parts whose services tell all that is at their one pin, by what the firmware calls them. */
const PARTS: Readonly<Record<string, { serviceClass: number; play: Play }>> = {
    button: {
        serviceClass: 0x1473a263,
        play(people, pin, { event, register, data }) {
            if (event === DOWN || event === UP) people.hold(pin, event === DOWN)
            else if (register === READING) people.hold(pin, shareOf(data) > 0.5)
        },
    },
    "motion detector": {
        serviceClass: 0x1179a749,
        play(people, pin, { register, data }) {
            if (register === READING) people.hold(pin, data[0] === 1)
        },
    },
    switch: {
        serviceClass: 0x1ad29402,
        play(people, pin, { register, data }) {
            if (register === READING) people.setPin(pin, () => data[0] ?? 0)
        },
    },
    "light sensor": { serviceClass: 0x17dc9a1c, play: playShare },
    "reflected light sensor": { serviceClass: 0x126c4cb2, play: playShare },
    "water level sensor": { serviceClass: 0x147b62ed, play: playShare },
    microphone: { serviceClass: 0x14ad1a5d, play: playShare },
    "soil moisture sensor": { serviceClass: 0x1d4aa3b3, play: playShare },
    knob: { serviceClass: 0x1f274746, play: playShare },
}

/** The parts at a board's pins that were recorded: their pins are as the board's own services told of them. */
export class RecordedParts {
    private readonly played = new Set<number>()

    constructor(
        private readonly time: WorldTime,
        private readonly cast: RecordedCast,
        private readonly people: People,
    ) {}

    /** The firmware takes a part to be at these pins; it says so again after each reset. */
    wired(part: string, pins: readonly number[]): void {
        const [pin] = pins
        const kind = PARTS[part]
        if (pin === undefined || this.played.has(pin) || !kind) return
        const recorded = this.cast.take(kind.serviceClass, true, `pin ${pin}`)
        if (!recorded) return
        this.played.add(pin)
        playReports(this.time, recorded, report => kind.play(this.people, pin, report))
    }
}

function playShare(people: People, pin: number, { register, data }: RecordedReport): void {
    const share = shareOf(data)
    if (register === READING) people.setPin(pin, () => share)
}

/** A reading from 0 to 1, as the catalogue packs it (`u0.16`). */
function shareOf(data: Uint8Array): number {
    return ((data[0] ?? 0) + 256 * (data[1] ?? 0)) / 0xffff
}
