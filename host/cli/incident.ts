import { createHash } from "node:crypto"
import { resolve } from "node:path"
import * as v from "valibot"
import { UserError } from "../base/errors"
import { formatDuration } from "../base/format-units"
import { readText } from "../base/node/read-file"
import { sanitize } from "../base/sanitize"
import { IncidentSchema, type Incident } from "../documents/fleet/incident"
import type { SimReport } from "../documents/sim-report"
import type { Program } from "../model/program/program"

export const INCIDENT_OPTION = [
    "--as <incident>",
    "run as a board of a fleet that died did (a file of `fleet --incidents`): on its board, twice as long, and say whether it dies so again",
] as const

/** More is no incident. Bytes. */
const MAX_BYTES = 1 << 20
/** Of one that died at once: what a program needs for its start, in milliseconds. */
const LEAST_MS = 60_000
const MOST_MS = 365 * 86_400_000

/** @throws UserError when the file does not tell of a board that died */
export function readIncident(name: string, cwd: string): Incident {
    const refuse = (why: string) =>
        new UserError("E_INCIDENT", `${name} does not tell of a board that died: ${why}.`)
    let read: unknown
    try {
        read = JSON.parse(readText(resolve(cwd, name), name, MAX_BYTES))
    } catch (error) {
        if (error instanceof UserError) throw error
        throw refuse("it is no JSON")
    }
    const { success, output, issues } = v.safeParse(IncidentSchema, read)
    if (success) return output
    const [issue] = issues
    const at = v.getDotPath(issue)
    throw refuse(at === null ? issue.message : `${at}: ${issue.message}`)
}

/** What flags would say of it, where none is given. */
export function asIncident(
    { board, uptimeMs }: Incident,
    isGiven: (flag: string) => boolean,
): { board?: string; for?: string } {
    const forMs = Math.min(MOST_MS, Math.max(LEAST_MS, 2 * uptimeMs))
    return {
        ...(!isGiven("board") && { board: board.id }),
        ...(!isGiven("for") && { for: `${forMs}ms` }),
    }
}

/** Whether it died so again, in a sentence or two. */
export function tellAgain(
    incident: Incident,
    { outcome, simulated }: Pick<SimReport, "outcome" | "simulated">,
    program: Program,
): string {
    const name = sanitize(incident.board.name)
    const field = `${name} died of ${sanitize(incident.cause)} after ${formatDuration(incident.uptimeMs)}`
    const unheard = `${name} began anew after ${formatDuration(incident.uptimeMs)}, and nobody heard why`
    const isUnheard = incident.panicCode === undefined
    const there = isUnheard ? unheard : field
    const own = createHash("sha256").update(program.bytecode).digest("hex")
    const { sha256 } = incident.program
    const other =
        sha256 !== undefined && sha256 !== own
            ? ` The program here is another than ${name}'s (${sha256.slice(0, 12)}).`
            : ""
    const { panicName, atMs } = outcome
    if (panicName === undefined)
        return `it did not die in ${formatDuration(simulated.ms)}; ${there}.${other}`
    const here = `${panicName} after ${formatDuration(atMs ?? simulated.ms)}`
    const [frame] = outcome.stack ?? []
    const place = frame && `${frame.file}:${frame.line}`
    const isAtPlace = place !== undefined && incident.place?.startsWith(`${place}:`) === true
    if (isUnheard) return `it dies of ${here}; ${there}: that may be it.${other}`
    if (panicName !== incident.cause) return `it dies of ${here}; ${there}.${other}`
    return `it dies so again${isAtPlace ? `, at ${place}` : ""}: ${here}; ${there}.${other}`
}
