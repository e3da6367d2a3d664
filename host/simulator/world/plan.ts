import type { I2cDevice } from "./hardware/i2c-device"
import type { RecordedService } from "./recorded/recorded-services"
import type { Surroundings } from "./surroundings"
import type { Signal } from "./signals"

/** What sensors on a bus or a chip feel, by the names that `Surroundings` has for them. */
export const QUANTITIES = [
    ...(["temperature", "humidity", "pressure", "illuminance", "uvIndex"] as const),
]
export type Quantity = (typeof QUANTITIES)[number]

/** A signal of a run, which may be made of its seed. */
export type PlannedSignal = (seed: number) => Signal

/** What somebody has said of a world: the rest of it is made up, or not there. */
export interface WorldPlan {
    quantities: ReadonlyMap<Quantity, PlannedSignal>
    /** By pin: the share of the reference voltage, and of a digital one its level. */
    pins: ReadonlyMap<number, PlannedSignal>
    /** By the program's role. */
    devices: ReadonlyMap<string, DevicePlan>
    servers: readonly ServerPlan[]
    i2c: readonly I2cPlan[]
    /** Pins and roles that nobody presses, turns or moves by himself. */
    handled: { pins: ReadonlySet<number>; roles: ReadonlySet<string> }
    /** The wireless network is there until somebody takes it away. */
    handlesWifi: boolean
    /** Topics on which nobody publishes by himself. */
    topics: readonly string[]
    /** What was recorded of a real board, which is told again. */
    recorded?: readonly RecordedService[]
    /** How much longer every server takes, in simulated milliseconds. Default: 0. */
    slowerMs?: number
}

export interface DevicePlan {
    reading?: PlannedSignal
    /** It is on the bus from the start. */
    isConnected: boolean
}

/** What a board finds at an address of the I2C bus. */
export interface I2cPlan {
    address: number
    /** `holds`: it holds the bus, and nothing on it is acknowledged; undefined: nobody is there. */
    make: ((surroundings: Surroundings, nowMs: () => number) => I2cDevice) | "holds" | undefined
}

export interface ServerPlan {
    /** `*` for every host. */
    host: string
    /** What the path begins with. */
    path: string
    method?: string
    /** In turn, the last again and again. */
    replies: readonly AnswerPlan[]
    /** Makes each answer, in place of `replies`. @returns undefined for one that is not known */
    answerTo?: (request: PlannedRequest) => AnswerPlan | undefined
}

/** A request as who makes an answer to it sees it. */
export interface PlannedRequest {
    method: string
    /** With its query. */
    path: string
    headers: Record<string, string>
    body: string
}

export interface AnswerPlan {
    /** `200 OK`. */
    status: string
    headers: readonly (readonly [name: string, value: string])[]
    body: Uint8Array
    delayMs: number
    /** It closes the connection after so many bytes. */
    cutOffBytes?: number
    endless?: "headers" | "body"
    isSilent?: boolean
    /** All bytes, head included, as a real server gave them. */
    raw?: Uint8Array
}

/** A world of which nobody has said anything. */
export const NO_PLAN: WorldPlan = {
    quantities: new Map(),
    pins: new Map(),
    devices: new Map(),
    servers: [],
    i2c: [],
    handled: { pins: new Set(), roles: new Set() },
    handlesWifi: false,
    topics: [],
}
