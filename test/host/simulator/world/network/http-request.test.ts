import fc from "fast-check"
import { expect, it } from "vitest"
import {
    HttpRequestReader,
    type HttpRequest,
} from "../../../../../host/simulator/world/network/http-request"
import { joined, utf8 } from "../../../../../host/simulator/world/network/connection"

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/)
const requests = fc.array(
    fc.record({
        method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
        target: fc.stringMatching(/^\/[a-z0-9/.?=&-]{0,30}$/),
        headers: fc.dictionary(
            token.filter(name => name !== "content-length" && name !== "transfer-encoding"),
            fc.stringMatching(/^[!-~]{0,20}$/),
        ),
        body: fc.uint8Array({ maxLength: 60 }),
        chunked: fc.boolean(),
        lineEnd: fc.constantFrom("\r\n", "\n"),
    }),
    { minLength: 1, maxLength: 4 },
)

it("reads what was written, in whatever pieces it comes", () => {
    fc.assert(
        fc.property(requests, fc.array(fc.integer({ min: 1, max: 40 })), (sent, sizes) => {
            const bytes = joined(
                ...sent.map(({ method, target, headers, body, chunked, lineEnd }) => {
                    const lines = Object.entries(headers).map(
                        ([name, value]) => `${name}: ${value}`,
                    )
                    lines.push(
                        chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`,
                    )
                    // One line end too many after a request is left out.
                    lines.unshift(...(chunked ? [""] : []), `${method} ${target} HTTP/1.1`)
                    const head = utf8([...lines, "", ""].join(lineEnd))
                    if (!chunked) return joined(head, body)
                    const parts = [head]
                    if (body.length > 0)
                        parts.push(utf8(`${body.length.toString(16)}\r\n`), body, utf8("\r\n"))
                    return joined(...parts, utf8("0\r\n\r\n"))
                }),
            )
            const reader = new HttpRequestReader()
            const read: HttpRequest[] = []
            for (let at = 0, piece = 0; at < bytes.length; piece++) {
                const size = sizes[piece % Math.max(1, sizes.length)] ?? bytes.length
                read.push(...reader.add(bytes.subarray(at, at + size)))
                at += size
            }
            expect(read.map(({ method, target, body }) => ({ method, target, body }))).toEqual(
                sent.map(({ method, target, body }) => ({ method, target, body })),
            )
            for (const [i, { headers }] of sent.entries())
                for (const [name, value] of Object.entries(headers))
                    expect(read[i]!.headers.get(name)).toBe(value)
        }),
        { seed: 14 },
    )
})

it("refuses what is no request", () => {
    expect(() => new HttpRequestReader().add(utf8("hello\r\n\r\n"))).toThrow(SyntaxError)
    expect(() => new HttpRequestReader().add(new Uint8Array(70_000).fill(65))).toThrow(SyntaxError)
})
