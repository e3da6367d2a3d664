import { describe, expect, it } from "vitest"
import { isLoopback } from "../../../../host/base/node/listen-address"
import { isOwnHost, pageAddress } from "../../../../host/sinks/web/page-address"
import { readHost, readPort } from "../../../../host/sinks/web/page-flags"

describe("a page for this machine alone", () => {
    it("takes requests that name this machine, at its port, and no others", () => {
        const own = (header: string | undefined) => isOwnHost(header, "127.0.0.1", 4848)
        for (const header of ["127.0.0.1:4848", "localhost:4848", "LOCALHOST:4848", "[::1]:4848"])
            expect(own(header), header).toBe(true)
        for (const header of [
            ...[
                "127.0.0.1",
                "127.0.0.1:80",
                "evil.example:4848",
                "evil.example",
                "127.0.0.1.evil:4848",
            ],
            ...["", "localhost:4848@evil.example", "192.0.2.1:4848", undefined],
        ])
            expect(own(header), header).toBe(false)
    })
})

describe("a page for the network", () => {
    it("takes requests that name an address in digits, and no name that may be made to point here", () => {
        const own = (header: string) => isOwnHost(header, "0.0.0.0", 80)
        for (const header of ["192.0.2.1", "192.0.2.1:80", "[2001:db8::1]:80", "localhost:80"])
            expect(own(header), header).toBe(true)
        for (const header of ["evil.example", "evil.example:80", "192.0.2.1:81"])
            expect(own(header), header).toBe(false)
    })
    it("is told of as one", () => {
        expect(isLoopback("0.0.0.0")).toBe(false)
        expect(isLoopback("::1")).toBe(true)
        expect(pageAddress("0.0.0.0", 4848, "key")).toBe("http://127.0.0.1:4848/#key")
        expect(pageAddress("::1", 4848, "key")).toBe("http://[::1]:4848/#key")
    })
})

it("refuses what is no port or address", () => {
    expect([readPort(true), readPort("0"), readPort("65535")]).toEqual([0, 0, 65_535])
    for (const value of ["65536", "-1", "1e3", "x", "", "8 "])
        expect(() => readPort(value), value).toThrow("--web takes a port")
    expect([readHost(undefined), readHost("0.0.0.0")]).toEqual(["127.0.0.1", "0.0.0.0"])
    for (const value of ["evil.example", "", "127.0.0.1:80", "*"])
        expect(() => readHost(value), value).toThrow("--host takes an address")
})
