import type { HttpRequest } from "./http-request"
import { joined, utf8 } from "./connection"

/** What a made-up server knows when it answers. */
export interface AnswerFacts {
    host: string
    /** Simulated milliseconds since power-on. */
    nowMs: number
    /** A number from 0 up to 1, of this answer. */
    chance: number
    /** A JSON document with what the program reads of those that it fetches; undefined when that is not known. */
    wanted?: unknown
}

type Answer = { type: string; body: Uint8Array }

/** What a path ends in, or a header asks for, and the type of the answer. */
const KINDS: { kind: "json" | "html" | "text" | "image" | "csv" | "xml"; asked: RegExp }[] = [
    { kind: "json", asked: /\.json\b|application\/json/i },
    { kind: "image", asked: /\.(png|gif|jpe?g|bmp|ico)\b|image\//i },
    { kind: "csv", asked: /\.csv\b|text\/csv/i },
    { kind: "xml", asked: /\.(xml|rss|svg)\b|(application|text)\/xml/i },
    { kind: "html", asked: /\.html?\b|text\/html/i },
    { kind: "text", asked: /\.txt\b|text\/plain/i },
]

/** A picture of one transparent pixel: the smallest GIF there is. */
const ONE_PIXEL = Uint8Array.from(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b".match(
        /../g,
    )!,
    digits => parseInt(digits, 16),
)

/**
 * A small plausible answer to a request that nobody really serves: of the type asked for, JSON when
 * nothing is said, as what programs on boards fetch mostly is; what was posted is taken.
 */
export function madeUpAnswer(request: HttpRequest, facts: AnswerFacts): Answer {
    // A type that is asked for outright counts more than the name, and the name more than nothing.
    const accept = request.headers.get("accept") ?? ""
    const path = request.target.split("?")[0]!
    const kind =
        KINDS.find(({ asked }) => asked.test(path))?.kind ??
        KINDS.find(({ asked }) => asked.test(accept))?.kind ??
        "json"
    const value = Math.round(facts.chance * 1000) / 10
    switch (kind) {
        case "image":
            return { type: "image/gif", body: ONE_PIXEL }
        case "csv":
            return text("text/csv", `time,value\r\n${Math.floor(facts.nowMs / 1000)},${value}\r\n`)
        case "xml":
            return text("application/xml", `<?xml version="1.0"?><answer value="${value}"/>`)
        case "html":
            return text(
                "text/html",
                `<!doctype html><title>${facts.host}</title><p>made up: ${value}`,
            )
        case "text":
            return text("text/plain", `${value}\n`)
        case "json":
            return text("application/json", JSON.stringify(madeUpDocument(request, facts, value)))
    }
}

/** A document with what the program reads of it, a list where it takes it for one. */
function madeUpDocument(request: HttpRequest, facts: AnswerFacts, value: number): unknown {
    const { wanted } = facts
    const object = madeUpObject(request, facts, value)
    if (!Array.isArray(wanted)) return { ...object, ...(wanted as object | undefined) }
    return wanted.map((element: unknown) =>
        typeof element === "object" ? { ...object, ...element } : element,
    )
}

/**
 * An object with what such answers have in common, and the last word of the path as a field: a program
 * that looks for more than that finds undefined, as with a server that changed.
 */
function madeUpObject({ target, method }: HttpRequest, { nowMs }: AnswerFacts, value: number) {
    const word = /([A-Za-z][\w-]*)(?:\.\w+)?\/?(?:\?.*)?$/.exec(target)?.[1]
    return {
        ...(word && { [word]: value }),
        madeUp: true,
        ok: true,
        status: method === "POST" || method === "PUT" ? "accepted" : "ok",
        id: 1,
        name: "made up",
        value,
        time: Math.floor(nowMs / 1000),
        data: [] as never[],
    }
}

/** The whole answer as bytes: head and body. */
export function httpMessage(
    { type, body }: Answer,
    options: { head?: boolean; keepAlive: boolean; status?: string },
): Uint8Array {
    const { head = false, keepAlive, status = "200 OK" } = options
    const lines = [
        `HTTP/1.1 ${status}`,
        `content-type: ${type}`,
        `content-length: ${body.length}`,
        `connection: ${keepAlive ? "keep-alive" : "close"}`,
    ]
    const start = utf8(`${lines.join("\r\n")}\r\n\r\n`)
    return head ? start : joined(start, body)
}

function text(type: string, content: string): Answer {
    return { type, body: utf8(content) }
}
