import type { Coming, WorldRecord } from "../../../documents/world-record"
import type { WorldReport } from "../../../documents/world-report"
import type { Settings } from "../../../model/program/program"
import { ArrivalQueue } from "../arrival-queue"
import { HardwareWorld } from "../hardware/hardware-world"
import type { World } from "../world"
import type { Noted } from "./door-listener"
import { DoorPlayer, type DoorRecord } from "./door-player"

/**
 * A world that was recorded: no device, no server and no chance is in it. What the board sends is shown
 * where the made-up world would show it, so that its displays have their pictures; its answers are the
 * record's alone.
 * @param name of the record, for messages
 */
export function playWorld(record: WorldRecord, name: string): World {
    const hardware = new HardwareWorld(new ArrivalQueue(), 0)
    const player = new DoorPlayer(new WrittenRecord(record), name, {
        shown: hardware.door,
        settings: givenSettings(record.world),
    })
    return {
        door: player.door,
        report: () => record.world,
        screens: () => hardware.screens(),
        strips: () => hardware.ledStrips(),
        // What happens in it has happened.
        controls: () => [],
        place: () => player.place,
        goTo: place => player.goTo(place),
    }
}

/** The record of a file, where an answer that was the same several times in a row stands once. */
class WrittenRecord implements DoorRecord {
    /** The entry that was asked for last, and the number of its first answer. */
    private entry = 0
    private first = 0

    constructor(private readonly record: WorldRecord) {}

    answer(number: number): Noted | undefined {
        const { answers } = this.record
        if (number < this.first) this.entry = this.first = 0
        for (;;) {
            const answer = answers[this.entry]
            if (!answer || number < this.first + (answer.times ?? 1)) return answer
            this.first += answer.times ?? 1
            this.entry++
        }
    }

    coming(number: number): Coming | undefined {
        return this.record.comings[number]
    }
}

/** What the recorded run was given and read: what nobody reads is in no heap. */
function givenSettings({ settings = [] }: WorldReport): Settings {
    return new Map(settings.map(({ name, value }) => [name, new TextEncoder().encode(value)]))
}
