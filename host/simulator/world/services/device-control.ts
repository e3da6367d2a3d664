import type {
    ButtonServer,
    JDServiceServer,
    MatrixKeypadServer,
    RotaryEncoderServer,
    SensorServer,
    SwitchServer,
} from "jacdac-ts"
import type { WorldControlled } from "../../../model/controls"
import { triedRange } from "./readings"
import type { WorldTime } from "../world-time"

/** What a device is to send: an event by its code, or a report by its command. */
export interface PacketData {
    event?: number
    command?: number
    data: Uint8Array
}

type Act = (action: () => void) => void
/** A reading as the catalogue's servers take it. */
type Values = readonly (number | boolean)[]

/** Code of the event that something moves. */
const MOVEMENT = 1
/** Presses one of a keypad's keys. */
const KEY = 0
const KEY_EVENTS = { down: 1, up: 2, click: 3 } as const

/** Services whose devices are pressed. */
const PRESSED: ReadonlySet<string> = new Set(["button", "switch", "motion", "matrixkeypad"])

/** How somebody acts on a device by hand: undefined where there is nothing to press, turn or set. */
export function handOf(
    server: JDServiceServer,
): Pick<WorldControlled, "how" | "low" | "high"> | undefined {
    const { shortId } = server.specification
    if (PRESSED.has(shortId)) return { how: "press" }
    if (shortId === "rotaryencoder") return { how: "turn" }
    const range = rangeOf(server)
    return range && { how: "set", ...(triedRange(shortId) ?? range) }
}

/** What the catalogue says of a sensor's one number; undefined for what reads none, or several things. */
export function rangeOf(server: JDServiceServer): { low: number; high: number } | undefined {
    const { reading } = server as unknown as Partial<SensorServer<unknown[]>>
    const [field, ...others] = reading?.specification.fields ?? []
    if (!field || others.length > 0 || !/^[iuf]/.test(field.type)) return undefined
    const { typicalMin, absoluteMin = 0, typicalMax, absoluteMax = 1 } = field
    return { low: typicalMin ?? absoluteMin, high: typicalMax ?? absoluteMax }
}

/**
 * Somebody presses a device.
 * @param later has the end of it done, in this many simulated milliseconds
 * @returns why that cannot be
 */
export function pressDevice(
    server: JDServiceServer,
    ms: number,
    time: WorldTime,
    act: Act,
): string | undefined {
    const later = (action: () => void) => void time.after(ms, () => act(action))
    switch (server.specification.shortId) {
        case "button": {
            const button = server as unknown as ButtonServer
            act(() => void button.down())
            later(() => void button.up())
            return undefined
        }
        case "switch":
            act(() => void (server as unknown as SwitchServer).toggle())
            return undefined
        case "motion": {
            const motion = server as unknown as SensorServer<[boolean]>
            act(() => {
                motion.reading.setValues([true])
                void motion.sendEvent(MOVEMENT)
            })
            later(() => void motion.reading.setValues([false]))
            return undefined
        }
        case "matrixkeypad": {
            const keypad = server as unknown as MatrixKeypadServer
            const tell = (event: number) => void keypad.sendEvent(event, new Uint8Array([KEY]))
            act(() => {
                void keypad.down(KEY)
                tell(KEY_EVENTS.down)
            })
            later(() => {
                void keypad.up(KEY)
                tell(KEY_EVENTS.up)
                tell(KEY_EVENTS.click)
            })
            return undefined
        }
        default:
            return `there is nothing to press on it: it is a ${nameOf(server)}`
    }
}

/** @returns why it cannot be turned */
export function turnDevice(
    server: JDServiceServer,
    to: number | undefined,
    clicks: number | undefined,
    act: Act,
): string | undefined {
    const kind = server.specification.shortId
    if (kind === "rotaryencoder") {
        if (clicks === undefined) return "it is a rotary encoder: say by how many clicks, by: 3"
        const encoder = server as unknown as RotaryEncoderServer
        act(() => {
            for (let i = 0; i < Math.abs(clicks); i++) void encoder.rotate(Math.sign(clicks))
        })
        return undefined
    }
    if (kind !== "potentiometer") return `there is nothing to turn on it: it is a ${nameOf(server)}`
    if (to === undefined) return "it is a potentiometer: say where to, to: 0.5"
    act(() => (server as unknown as SensorServer<[number]>).reading.setValues([to]))
    return undefined
}

/** @returns why it cannot be set to that */
export function setDevice(server: JDServiceServer, values: Values, act: Act): string | undefined {
    const { reading } = server as unknown as Partial<SensorServer<(number | boolean)[]>>
    if (!reading) return `it measures nothing: it is a ${nameOf(server)}`
    const { fields } = reading.specification
    if (fields.length !== values.length)
        return `a ${nameOf(server)} reads ${fields.length === 1 ? "one value" : `${fields.length} values`}, and ${values.length} are given`
    act(() => reading.setValues([...values]))
    return undefined
}

/** Has it send something of its own accord. */
export function sendFrom(server: JDServiceServer, { event, data }: PacketData, act: Act): void {
    act(() => void server.sendEvent(event!, data))
}

function nameOf(server: JDServiceServer): string {
    return server.specification.name.toLowerCase()
}
