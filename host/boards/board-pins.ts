import type { BoardFacts, BoardPin } from "../documents/boards/boards-report"
import type { Board } from "./board"

/** What a definition says of its parts, as far as pins are in it. */
interface Part {
    name?: unknown
    service?: unknown
    [field: string]: unknown
}

/** The pins that programs know by a name, by GPIO, and what the board itself uses each for. */
export function boardPins({ definition, features }: Board): BoardPin[] {
    const names = Object.entries((definition["pins"] ?? {}) as Record<string, number>)
    const taken = takenPins(definition, Object.fromEntries(names))
    return names
        .map(([name, gpio]) => ({
            ...{ name, gpio },
            uses: [
                ...(taken.get(gpio) ?? []),
                ...(features.analogPins.includes(gpio) ? ["analog"] : []),
            ],
        }))
        .sort((a, b) => a.gpio - b.gpio)
}

/** What a board has at pins that programs know no name of, by GPIO. */
export function innerPins({ definition }: Board): BoardFacts["innerPins"] {
    const pins = (definition["pins"] ?? {}) as Record<string, number>
    const named = new Set(Object.values(pins))
    return [...takenPins(definition, pins)]
        .filter(([gpio]) => !named.has(gpio))
        .map(([gpio, uses]) => ({ gpio, uses }))
        .sort((a, b) => a.gpio - b.gpio)
}

/** What is connected to each pin, by GPIO. */
function takenPins(
    definition: Board["definition"],
    pins: Record<string, number>,
): Map<number, string[]> {
    const taken = new Map<number, string[]>()
    const add = (pin: unknown, use: string): void => {
        const gpio = typeof pin === "string" ? (pins[pin] ?? Number(pin)) : pin
        if (typeof gpio !== "number" || !Number.isInteger(gpio)) return
        taken.set(gpio, [...(taken.get(gpio) ?? []), use])
    }
    const part = (name: string) => (definition[name] ?? {}) as Part
    // GPIO 25 of a Pico W is a line to its Wi-Fi chip, and the LED is behind that.
    const isBehindWifi = definition["archId"] === "rp2040w"
    add(part("led")["pin"], isBehindWifi ? "LED, behind the Wi-Fi chip" : "LED")
    add(part("led")["pinCLK"], "LED clock")
    for (const channel of list(part("led")["rgb"])) add(channel["pin"], "LED")
    add(part("i2c")["pinSDA"], "SDA")
    add(part("i2c")["pinSCL"], "SCL")
    add(part("log")["pinTX"], "log")
    add(part("jacdac")["pin"], "Jacdac")
    for (const [name, pin] of Object.entries(part("sd")))
        if (name.startsWith("pin")) add(pin, `SD ${name.slice(3)}`)
    for (const service of [...list(definition["$services"]), ...list(definition["services"])])
        for (const [name, pin] of Object.entries(service))
            if (name.startsWith("pin")) add(pin, String(service.name ?? service.service))
    for (const [name, level] of Object.entries(part("sPin")))
        if (!name.startsWith("#"))
            add(name.replace(/^@/, ""), `set ${level === 0 ? "low" : "high"} at start`)
    return taken
}

function list(value: unknown): Part[] {
    return Array.isArray(value) ? (value as Part[]) : []
}
