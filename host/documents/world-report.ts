/**
 * What a simulated board was connected to, and who answered it: the part `world` of the simulation
 * report. What the simulator made up is named here; nothing of it is the board's own.
 */
export interface WorldReport {
    /**
     * `made-up`: whoever is asked answers, in a made-up way; `strict`: nobody answers who was not put
     * there; `none`: nothing is connected.
     */
    mode: WorldMode
    /** The roles that the program opened, in that order. */
    roles?: WorldRole[]
    /** The hosts on the network that the program connected to, in that order. */
    hosts?: WorldHost[]
    /** What was made up, in words, for the verdict: `temperature (a simulated thermometer)`. */
    madeUp: string[]
    /** What the program asked for and nobody answered, in words. */
    unanswered: string[]
}

export type WorldMode = "made-up" | "strict" | "none"

/** Modes by the name a user gives them. */
export const WORLD_MODES: readonly WorldMode[] = ["made-up", "strict", "none"]

/** A service that the program wants, and who gave it. */
export interface WorldRole {
    /** As the program names it: `button`, or `temperature[int:0]` for one of the board's own. */
    name: string
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    answeredBy: "simulated device" | "the board itself" | "the program itself" | "nobody"
    /** What device: `thermometer (outdoor)`. */
    device?: string
    /** Packets that the program sent to it. */
    commands: number
    /** Packets that it sent: reports of its registers, and events. */
    packets: number
}

/** A host that the program connected to, and who it found there. */
export interface WorldHost {
    /** `https://api.github.com`, `mqtt://broker.hivemq.com:1883`, or `tcp://...` while nothing was said. */
    url: string
    answeredBy: "made-up server" | "the network itself" | "nobody"
    connections: number
    /** Requests, published messages or frames that it took. */
    requests: number
    /** Answers and messages that it sent. */
    answers: number
    /** Why nobody answered: `name not found`. */
    failure?: string
    /** Connections that were lost because the wireless network went away. */
    lost?: number
}
