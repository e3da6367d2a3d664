import { toJson } from "../../../base/json"
import type { Coming } from "../../../documents/world-record"
import { writeWorldRecord } from "../../../recording/world-record"
import type { World } from "../world"
import { listenAt, type DoorNotes, type Noted } from "./door-listener"
import { recordHeader, type Recorded } from "./record-header"

/** Notes all that comes through a world's door while a board lives in it; the board sees no difference. */
export class WorldRecorder implements DoorNotes {
    /** The same world, with somebody at its door. */
    readonly world: World
    private readonly entries: string[] = []
    /** The last answer, and how often it was given in a row. */
    private last = ""
    private times = 0
    private answers = 0
    private comings = 0
    private isOpen = false

    constructor(private readonly inner: World) {
        this.world = {
            ...inner,
            door: listenAt(inner.door, this),
            place: () => ({ answers: this.answers, comings: this.comings, isOpen: this.isOpen }),
        }
    }

    /**
     * The record as the text of a file, once the run is over.
     * @param forMs simulated milliseconds that it covers
     */
    text(recorded: Recorded, forMs: number): string {
        this.flush()
        const header = recordHeader(recorded, forMs)
        return writeWorldRecord({ header, world: this.inner.report() }, this.entries)
    }

    answered(answer: Noted): void {
        this.answers++
        const line = toJson(answer)
        if (line === this.last) this.times++
        else {
            this.flush()
            this.last = line
            this.times = 1
        }
    }

    came(coming: Coming): void {
        if (coming.kind === "connection") this.isOpen = coming.open
        this.flush()
        this.comings++
        this.entries.push(toJson(coming))
    }

    private flush(): void {
        if (this.times > 1) this.entries.push(`${this.last.slice(0, -1)},"times":${this.times}}`)
        else if (this.times === 1) this.entries.push(this.last)
        this.last = ""
        this.times = 0
    }
}
