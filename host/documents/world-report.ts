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
    /** `real`: what the program sent left the machine; otherwise nothing did. */
    network?: "real"
    /** The roles that the program opened, in that order. */
    roles?: WorldRole[]
    /** The hosts on the network that the program connected to, in that order. */
    hosts?: WorldHost[]
    /** The pins that the program used, by number. */
    pins?: WorldPin[]
    /** The program spoke to an I2C bus, and neither the board nor the program names its pins. */
    i2cIsMissing?: boolean
    /** The addresses of the I2C bus that the program spoke to, in order. */
    addresses?: WorldAddress[]
    /** The settings that the program read and its project does not give it. */
    settings?: WorldSetting[]
    /** The displays that the program drew on. */
    displays?: WorldDisplay[]
    /** The strips of LEDs that the program lit. */
    ledStrips?: WorldLedStrip[]
    /** Of a world that was recorded of a real board: the services that were on its bus. */
    recorded?: WorldRecorded[]
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
    answeredBy:
        | "simulated device"
        /** A device that tells what a real one told when it was recorded. */
        | "the recording"
        | "the board itself"
        | "the program itself"
        | "nobody"
    /** What device: `thermometer (outdoor)`. */
    device?: string
    /** Packets that the program sent to it. */
    commands: number
    /** Packets that it sent: reports of its registers, and events. */
    packets: number
}

/** A service of a recording, and what became of it. */
export interface WorldRecorded {
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    /** The role that heard it again, or the pin: `outside`, `pin 5`. Without it the program asked for none. */
    playedBy?: string
    /** Readings and events that were recorded. */
    reports: number
    /** Of these, those that were told again by the end of the run. */
    played: number
}

/** A host that the program connected to, and who it found there. */
export interface WorldHost {
    /** `https://api.github.com`, `ws://...`, `mqtt://broker.hivemq.com:1883`, or `tcp://...` while nothing was said. */
    url: string
    answeredBy: "made-up server" | "the scenario" | "the network itself" | "nobody"
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

/** A pin by the chip's own number, and what the program used it for. */
export interface WorldPin {
    pin: number
    /** `pulses`: driven high for a part of each period, as servos, dimmers and buzzers are. */
    use: "output" | "pulses" | "input" | "analog"
    /** What the board's firmware takes to be there: `button`, `servo`. */
    part?: string
    /** Times that the board looked at it. */
    reads?: number
    /** Times that what the board drives it with has changed. */
    changes?: number
    /** Of the last pulses, in microseconds. */
    periodUs?: number
    pulseUs?: number
}

/** A 7-bit address of the I2C bus. */
export interface WorldAddress {
    address: number
    /** What answered; not there when nobody did. */
    device?: string
    /** Writes and reads. */
    transfers: number
}

/** A setting that was made up. */
export interface WorldSetting {
    name: string
    /** As JSON. */
    value: string
}

/** A display, in pixels; one that has characters only has their lines. */
export interface WorldDisplay {
    name: string
    width?: number
    height?: number
    text?: string[]
}

export interface WorldLedStrip {
    pin: number
    leds: number
    /** Times it was sent colours. */
    sent: number
}
