import type { WorldHost } from "../../../documents/world-report"
import type { Arrivals, Cloud, CloudForm } from "../../door"
import type { WorldTime } from "../world-time"
import { joined, utf8 } from "./connection"
import type { Wifi } from "./wifi"

/** Simulated milliseconds between two messages from the cloud. */
const TELLS_EVERY_MS = 20_000
const FIRST_TOLD_MS = 2_000
const ANY_TOPIC = "simulated"

/**
 * The service in the cloud that the board's cloud adapter is connected to in a made-up world: it takes
 * what is uploaded, and tells the board something now and then.
 */
export class WorldCloud implements Cloud {
    private isKnown = false
    private uploads = 0
    private told = 0

    constructor(
        private readonly time: WorldTime & Pick<Arrivals, "put">,
        private readonly wifi: Wifi,
        private readonly isStrict: boolean,
        /** What it tells of, if the program listens to any. */
        private readonly topics: readonly string[],
        /** Topics of which it tells nothing by itself. */
        private readonly quiet: readonly string[],
        /** It tells nothing at all by itself. */
        private readonly isQuiet: boolean,
    ) {}

    /** The program has business with the cloud. */
    begin(): void {
        if (this.isKnown) return
        this.isKnown = true
        if (!this.isQuiet) this.time.after(FIRST_TOLD_MS, () => this.tell())
    }

    isConnected(): boolean {
        this.begin()
        return !this.isStrict && this.wifi.isUp(this.time.nowUs / 1000)
    }

    upload(): void {
        this.uploads++
    }

    /** Somebody has it tell the board something. @returns why that cannot be */
    send(topic: string, form: CloudForm, content: Uint8Array): string | undefined {
        if (!this.isKnown) return "the program has no business with the cloud"
        if (!this.wifi.isUp(this.time.nowUs / 1000)) return "the board is not on the network"
        this.told++
        this.time.put({ kind: "cloud", form, data: joined(utf8(`${topic}\0`), content) })
        return undefined
    }

    /** Nothing while the program has no business with the cloud. */
    report(): WorldHost[] {
        if (!this.isKnown) return []
        return [
            {
                url: "DeviceScript cloud",
                answeredBy: this.isStrict ? "nobody" : "made-up server",
                connections: this.isStrict ? 0 : 1,
                ...{ requests: this.uploads, answers: this.told },
                ...(this.isStrict && { failure: "not connected" }),
            },
        ]
    }

    private tell(): void {
        this.time.after(TELLS_EVERY_MS, () => this.tell())
        if (!this.isConnected()) return
        const { topics } = this
        const topic = topics[(this.told >> 1) % topics.length] ?? ANY_TOPIC
        if (this.quiet.includes(topic)) return
        const form = this.told++ % 2 === 0 ? "json" : "binary"
        const content = form === "json" ? JSON.stringify({ value: this.told }) : String(this.told)
        this.time.put({ kind: "cloud", form, data: utf8(`${topic}\0${content}`) })
    }
}
