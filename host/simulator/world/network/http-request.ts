import { joined, textOf } from "./connection"

/** One request as it came over a connection. */
export interface HttpRequest {
    method: string
    /** Path and query. */
    target: string
    /** By name in lower case; of several of one name, joined with commas. */
    headers: ReadonlyMap<string, string>
    body: Uint8Array
}

/** Longest head taken, in bytes; what goes on beyond it is no request. */
const MAX_HEAD_BYTES = 64 * 1024

const CR = 13
const LF = 10

/**
 * Reads the requests of one connection (RFC 9112): bytes in, in any pieces, requests out. A line of a head may
 * end in LF alone, as programs that write requests by hand have it: servers on the net take that, too.
 */
export class HttpRequestReader {
    private pending = new Uint8Array(0) as Uint8Array

    /**
     * @returns the requests that are whole now
     * @throws SyntaxError when the bytes are no request
     */
    add(data: Uint8Array): HttpRequest[] {
        this.pending = joined(this.pending, data)
        const requests: HttpRequest[] = []
        for (let next = this.next(); next; next = this.next()) requests.push(next)
        return requests
    }

    /** What came after the requests: another protocol, once one of them changed to it. */
    rest(): Uint8Array {
        const rest = this.pending
        this.pending = new Uint8Array(0)
        return rest
    }

    private next(): HttpRequest | undefined {
        const pending = this.pending.subarray(emptyLines(this.pending))
        const end = endOfHead(pending)
        if (end < 0) {
            if (pending.length > MAX_HEAD_BYTES) throw new SyntaxError("the request has no end")
            return undefined
        }
        const [requestLine = "", ...lines] = textOf(pending.subarray(0, end))
            .trimEnd()
            .split(/\r?\n/)
        const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(requestLine) ?? []
        if (!method || !target) throw new SyntaxError("no request line")
        const headers = new Map<string, string>()
        for (const line of lines) {
            const colon = line.indexOf(":")
            if (colon <= 0) throw new SyntaxError("no header field")
            const name = line.slice(0, colon).toLowerCase()
            const value = line.slice(colon + 1).trim()
            const before = headers.get(name)
            headers.set(name, before === undefined ? value : `${before}, ${value}`)
        }
        const body = /\bchunked$/i.test(headers.get("transfer-encoding") ?? "")
            ? chunked(pending, end)
            : sized(pending, end, headers.get("content-length"))
        if (!body) return undefined
        this.pending = pending.slice(body.end)
        return { method, target, headers, body: body.bytes }
    }
}

/** @returns how many bytes of line ends stand before a request: a server leaves them out */
function emptyLines(bytes: Uint8Array): number {
    const start = bytes.findIndex(byte => byte !== CR && byte !== LF)
    return start < 0 ? bytes.length : start
}

/** @returns where the head's empty line ends, or -1 */
function endOfHead(bytes: Uint8Array): number {
    const isLineEnd = (at: number) => bytes[at] === LF
    for (let at = 1; at < bytes.length; at++)
        if (isLineEnd(at) && isLineEnd(bytes[at - 1] === CR ? at - 2 : at - 1)) return at + 1
    return -1
}

interface Body {
    bytes: Uint8Array
    end: number
}

function sized(pending: Uint8Array, start: number, length = "0"): Body | undefined {
    if (!/^\d+$/.test(length)) throw new SyntaxError("no content length")
    const end = start + Number(length)
    return end > pending.length ? undefined : { bytes: pending.slice(start, end), end }
}

function chunked(pending: Uint8Array, start: number): Body | undefined {
    const parts: Uint8Array[] = []
    for (let at = start; ;) {
        const lineEnd = pending.indexOf(10, at)
        if (lineEnd < 0) return undefined
        const [, digits] = /^([0-9a-f]+)/i.exec(textOf(pending.subarray(at, lineEnd))) ?? []
        if (!digits) throw new SyntaxError("no chunk size")
        const size = parseInt(digits, 16)
        const end = lineEnd + 1 + size + 2
        if (end > pending.length) return undefined
        if (size === 0) return { bytes: joined(...parts), end }
        parts.push(pending.slice(lineEnd + 1, lineEnd + 1 + size))
        at = end
    }
}
