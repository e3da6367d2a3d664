import { isLibraryPath } from "../../model/program/source-map"
import { ProgramImage, type ImageService } from "../../model/program/program-image"
import type { Program, Settings } from "../../model/program/program"
import { plausibleValue } from "./plausible-value"
import { NO_ANSWERS, wantedAnswers, type WantedAnswers } from "./wanted-answer"

/** What a program's own text says that it wants of its world, and nobody can see while it runs. */
export interface ProgramWants {
    /** Settings that it reads and has no value of its own for, with values that could be theirs. */
    settings: Settings
    /** Topics of the cloud's messages that it listens to. */
    topics: readonly string[]
    /** All services that it knows: some may be its project's own. */
    services: readonly ImageService[]
    /** It listens to its wireless network going away, so that has to happen. */
    hearsOutages: boolean
    /** What it reads of the JSON documents that it fetches. */
    answers: WantedAnswers
}

/** What a program wants of which nothing is known. */
export const NO_WANTS: ProgramWants = {
    ...{ settings: new Map(), topics: [], services: [], hearsOutages: false },
    answers: NO_ANSWERS,
}

/** `readSetting<number>("PORT")`, without a value for when there is none. */
const READS_SETTING =
    /\b(?:read|get)\w*Setting\s*(?:<([^>()]*)>)?\s*\(\s*(["'`])([\w.-]+)\2\s*\)(\s*\)*\s*(?:\|\||\?\?))?/g
const HEARS_TOPIC = /\bsubscribeMessage\s*(?:<[^>()]*>)?\s*\(\s*(["'`])([^"'`\n]+)\1/g
const HEARS_OUTAGES = /\.lostIp\b/

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
    const own = (debug?.sources ?? []).filter(({ path }) => !isLibraryPath(path))
    for (const { text = "" } of own) {
        for (const [, type = "", , name = "", orElse] of text.matchAll(READS_SETTING))
            if (orElse === undefined && name.length <= MAX_NAME && !given.has(name))
                settings.set(
                    name,
                    new TextEncoder().encode(JSON.stringify(plausibleValue(name, type.trim()))),
                )
        for (const [, , topic = ""] of text.matchAll(HEARS_TOPIC))
            if (topic !== "*") topics.add(topic)
    }
    return {
        ...{ settings, topics: [...topics], services: new ProgramImage(bytecode).services() },
        hearsOutages: own.some(({ text = "" }) => HEARS_OUTAGES.test(text)),
        answers: wantedAnswers(own.map(({ text = "" }) => text)),
    }
}
