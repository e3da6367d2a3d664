import type { ScenarioAnswer, ScenarioServer } from "../../documents/scenario/scenario"
import { fromHex } from "../../base/hex"
import { readWorldRecord } from "../../recording/world-record"
import type { AnswerPlan, PlannedRequest, ServerPlan } from "../world/plan"
import type { Path, Reading } from "./reading"

/** The longest answer, in bytes. */
const MAX_BYTES = 16_000_000
/** How long a server thinks when nobody says, in simulated milliseconds. */
const DELAY_MS = 40
const REASONS: Readonly<Record<number, string>> = {
    ...{ 200: "OK", 201: "Created", 204: "No Content", 301: "Moved Permanently", 302: "Found" },
    ...{ 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden" },
    ...{ 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error" },
    ...{ 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout" },
}
const TYPES: Readonly<Record<string, string>> = {
    ...{ json: "application/json", html: "text/html", csv: "text/csv", xml: "application/xml" },
    ...{ png: "image/png", gif: "image/gif", jpg: "image/jpeg", txt: "text/plain" },
}
const NOT_FOUND: ScenarioAnswer = { status: 404, body: "not found" }
/** What says with what a server answers. */
const SOURCES = [
    "madeUp",
    "body",
    "json",
    "file",
    "size",
    "replies",
    "folder",
    "recording",
    "answer",
] as const

/** What a server answers. @throws UserError */
export function readServer(reading: Reading, path: Path, server: ScenarioServer): ServerPlan {
    const said = SOURCES.filter(name => server[name] !== undefined)
    if (said.length > 1)
        reading.refuse(
            [...path, said[1]!],
            `there is ${said[0]}, too: a server answers with one of ${SOURCES.join(", ")}.`,
        )
    const { host, path: from = "", method, replies, folder, recording, answer } = server
    const common = {
        host,
        path: from,
        ...(method !== undefined && { method: method.toUpperCase() }),
    }
    if (/[/:]/.test(host))
        reading.refuse(
            [...path, "host"],
            `${host} is no host's name: leave out what is before and after it, and say the path with path.`,
        )
    if (replies)
        return {
            ...common,
            replies: replies.map((one, i) => readAnswer(reading, [...path, "replies", i], one)),
        }
    if (recording !== undefined)
        return { ...common, replies: recorded(reading, [...path, "recording"], recording) }
    const respond = answer as ((request: PlannedRequest) => ScenarioAnswer) | undefined
    const make = respond ?? (folder === undefined ? undefined : inFolder(reading, folder))
    if (!make) return { ...common, replies: [readAnswer(reading, path, server)] }
    const common2 = withoutSources(server)
    return {
        ...common,
        replies: [],
        answerTo: request => {
            const made = make(request) as unknown
            if (typeof made !== "object" || made === null)
                reading.refuse([...path, "answer"], "it gave no answer, an object with a body.")
            return readAnswer(reading, path, { ...common2, ...made })
        },
    }
}

/** What goes for all answers of a server: its delay, its headers. */
function withoutSources({ status, headers, delay, cutOffAfter }: ScenarioServer): ScenarioAnswer {
    return Object.fromEntries(
        Object.entries({ status, headers, delay, cutOffAfter }).filter(
            ([, said]) => said !== undefined,
        ),
    )
}

function readAnswer(reading: Reading, path: Path, said: ScenarioAnswer): AnswerPlan {
    const { status = 200, headers = {}, delay, cutOffAfter, endless, silent } = said
    const words = typeof status === "number" ? `${status} ${REASONS[status] ?? ""}`.trim() : status
    if (!/^[1-5]\d\d\b/.test(words))
        reading.refuse([...path, "status"], `${words} is no code of HTTP.`)
    for (const [name, value] of Object.entries(headers))
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n]/.test(value))
            reading.refuse([...path, "headers", name], "it cannot be the line of a header.")
    const { type, body } = bodyOf(reading, path, said)
    const hasType = Object.keys(headers).some(name => name.toLowerCase() === "content-type")
    return {
        status: words,
        headers: [
            ...(hasType ? [] : ([["content-type", type]] as const)),
            ...Object.entries(headers),
        ],
        body,
        delayMs: delay === undefined ? DELAY_MS : reading.duration([...path, "delay"], delay),
        ...(cutOffAfter !== undefined && {
            cutOffBytes: reading.size([...path, "cutOffAfter"], cutOffAfter, MAX_BYTES),
        }),
        ...(endless && { endless }),
        ...(silent && { isSilent: true }),
    }
}

function bodyOf(reading: Reading, path: Path, { body, json, file, size, madeUp }: ScenarioAnswer) {
    if (madeUp !== undefined) {
        const bytes = reading.size([...path, "madeUp"], madeUp, MAX_BYTES)
        return { type: TYPES["json"]!, body: encoder.encode(JSON.stringify(madeUpAnswer(bytes))) }
    }
    if (json !== undefined)
        return { type: TYPES["json"]!, body: encoder.encode(JSON.stringify(json)) }
    if (file !== undefined)
        return {
            type: typeOf(file),
            body: reading.read([...path, "file"], () => reading.files.bytes(file)),
        }
    if (size !== undefined) {
        const bytes = reading.size([...path, "size"], size, MAX_BYTES)
        return { type: TYPES["txt"]!, body: new Uint8Array(bytes).fill("x".charCodeAt(0)) }
    }
    const isJson = body !== undefined && /^\s*[[{]/.test(body)
    return { type: TYPES[isJson ? "json" : "txt"]!, body: encoder.encode(body ?? "") }
}

const encoder = new TextEncoder()

/** A path is a file in a folder; what is not there is not found. */
function inFolder(reading: Reading, folder: string) {
    return ({ path }: PlannedRequest): ScenarioAnswer => {
        const name = path.split("?")[0]!.replace(/^\/+/, "").replace(/\/$/, "/index.html")
        const file = `${folder}/${name === "" ? "index.html" : name}`
        try {
            reading.files.bytes(file)
            return { file }
        } catch {
            return NOT_FOUND
        }
    }
}

/** The answers of a real server, one after the other, as the record of a world has them. */
function recorded(reading: Reading, path: Path, name: string): AnswerPlan[] {
    const { comings } = reading.read(path, () => readWorldRecord(reading.files.text(name), name))
    const answers: number[][] = []
    for (const coming of comings) {
        if (coming.kind !== "socket" || coming.event !== "data") continue
        const bytes = fromHex(coming.bytes)
        if (String.fromCharCode(...bytes.subarray(0, 5)) === "HTTP/") answers.push([])
        answers.at(-1)?.push(...bytes)
    }
    if (answers.length === 0) reading.refuse(path, `${name} has no answer of a web server.`)
    return answers.map(bytes => ({
        ...{ status: "", headers: [], body: new Uint8Array(0), delayMs: DELAY_MS },
        raw: Uint8Array.from(bytes),
    }))
}

/** An answer as made-up servers give them, half of it a long text, half of it a long list. */
function madeUpAnswer(bytes: number) {
    const half = Math.round(bytes / 2)
    return {
        ...{ ok: true, status: "ok", id: 1, name: "x".repeat(half), value: 50, time: 0 },
        data: Array.from({ length: Math.round(half / ENTRY_BYTES) }, (_, id) => ({
            id,
            name: "y",
        })),
    }
}

/** What an entry of its list takes of an answer. */
const ENTRY_BYTES = 20

function typeOf(file: string): string {
    return TYPES[file.split(".").at(-1)!.toLowerCase()] ?? "application/octet-stream"
}
