import { isLibraryPath } from "../../model/program/source-map"
import { ProgramImage, type ImageService } from "../../model/program/program-image"
import type { Program, Settings } from "../../model/program/program"

/** What a program's own text says that it wants of its world, and nobody can see while it runs. */
export interface ProgramWants {
    /** Settings that it reads and has no value of its own for, with values that could be theirs. */
    settings: Settings
    /** Topics of the cloud's messages that it listens to. */
    topics: readonly string[]
    /** All services that it knows: some may be its project's own. */
    services: readonly ImageService[]
}

/** What a program wants of which nothing is known. */
export const NO_WANTS: ProgramWants = { settings: new Map(), topics: [], services: [] }

/** `readSetting<number>("PORT")`, without a value for when there is none. */
const READS_SETTING =
    /\b(?:read|get)\w*Setting\s*(?:<([^>()]*)>)?\s*\(\s*(["'`])([\w.-]+)\2\s*\)(\s*\)*\s*(?:\|\||\?\?))?/g
const HEARS_TOPIC = /\bsubscribeMessage\s*(?:<[^>()]*>)?\s*\(\s*(["'`])([^"'`\n]+)\1/g

/** What a name says of a value, the first that fits. */
const VALUES: readonly [RegExp, unknown][] = [
    [/PORT|PRT/i, 8883],
    [/(^|_)(LAT|LATITUDE)$/i, 47.6],
    [/(^|_)(LON|LONG|LONGITUDE)$/i, -122.1],
    [/URL|URI|ENDPOINT|WEBHOOK/i, "https://example.com/simulated"],
    [/HOST|HST|SERVER|BROKER|DOMAIN/i, "simulated.example.com"],
    [/USER/i, "simulated-user"],
    [/SSID/i, "simulated"],
    [/FEED|TOPIC|CHANNEL/i, "simulated"],
]
const ANY_NUMBER = 10
const ANY_TEXT = "simulated"

/** The longest name that `readSetting` takes (`MAX_KEY_SIZE` of its library). */
const MAX_NAME = 13

/** Reads a program's own sources; bytecode without them tells its services alone. */
export function wantsOf({
    debug,
    settings: given,
    bytecode,
}: Pick<Program, "debug" | "settings" | "bytecode">): ProgramWants {
    const settings = new Map<string, Uint8Array>()
    const topics = new Set<string>()
    for (const { path, text = "" } of debug?.sources ?? []) {
        if (isLibraryPath(path)) continue
        for (const [, type = "", , name = "", orElse] of text.matchAll(READS_SETTING))
            if (orElse === undefined && name.length <= MAX_NAME && !given.has(name))
                settings.set(name, new TextEncoder().encode(JSON.stringify(valueOf(name, type))))
        for (const [, , topic = ""] of text.matchAll(HEARS_TOPIC))
            if (topic !== "*") topics.add(topic)
    }
    return { settings, topics: [...topics], services: new ProgramImage(bytecode).services() }
}

function valueOf(name: string, type: string): unknown {
    const [, value] = VALUES.find(([pattern]) => pattern.test(name)) ?? []
    switch (type.trim()) {
        case "number":
            return typeof value === "number" ? value : ANY_NUMBER
        case "boolean":
            return true
        case "string":
            return String(value ?? ANY_TEXT)
        default:
            return value ?? ANY_TEXT
    }
}
