import { describe, expect, it } from "vitest"
import { loadWorldLibraries } from "../../../../../host/simulator/node/load-world-libraries"
import { ArrivalQueue } from "../../../../../host/simulator/world/arrival-queue"
import { OBLIGING_WIFI, STRICT_WIFI, Wifi } from "../../../../../host/simulator/world/network/wifi"
import { WorldNetwork } from "../../../../../host/simulator/world/network/world-network"

const SEED = 1

class Board {
    readonly time = new ArrivalQueue()
    readonly wifi: Wifi
    readonly network: WorldNetwork

    constructor(isStrict: boolean) {
        this.wifi = new Wifi(SEED, isStrict ? STRICT_WIFI : OBLIGING_WIFI)
        const libraries = loadWorldLibraries()
        this.network = new WorldNetwork(this.time, SEED, libraries, this.wifi, isStrict)
    }

    wait(ms: number): void {
        const untilUs = this.time.nowUs + ms * 1000
        const { clock } = this.time
        while (clock.nowUs < untilUs) {
            clock.advanceTo(Math.min(clock.nextUs, untilUs))
            clock.ring("before")
        }
    }

    /** What came, as `event text`, and when, in milliseconds. */
    take(): { told: string; atMs: number } | undefined {
        const arrival = this.time.take()
        if (arrival?.kind !== "socket") return undefined
        const told = `${arrival.event} ${new TextDecoder().decode(arrival.data)}`.trim()
        return { told, atMs: this.time.nowUs / 1000 }
    }

    /** The next thing that comes, and after how many milliseconds. */
    next(withinMs: number): { told: string; afterMs: number } | undefined {
        const from = this.time.nowUs / 1000
        for (let ms = 0; ms < withinMs; ms++) {
            this.wait(1)
            const taken = this.take()
            if (taken) return { told: taken.told, afterMs: Math.round(taken.atMs - from) }
        }
        return undefined
    }
}

describe("a strict network", () => {
    it("is not there until the chip has found its wireless one", () => {
        const board = new Board(true)
        expect(board.network.available()).toBe(false)
        expect(board.network.open("example.com", 80, false)).toBe(-1)
        board.wait(STRICT_WIFI.connectsAfterMs + 1)
        expect(board.network.available()).toBe(true)
    })

    it("knows no name and has nobody at an address, after the time that takes", () => {
        const board = new Board(true)
        board.wait(STRICT_WIFI.connectsAfterMs + 1)
        const { network } = board
        expect(network.open("example.com", 443, true)).toBe(0)
        expect(board.next(5_000)).toEqual({ told: "error can't resolve host", afterMs: 1_200 })
        expect(network.isOpen()).toBe(false)
        expect(network.write(new Uint8Array(1))).toBe(-10)
        expect(network.open("192.168.1.7", 1883, false)).toBe(0)
        expect(board.next(30_000)).toEqual({ told: "error can't connect", afterMs: 18_000 })
        expect(network.report()).toMatchObject([
            { url: "tls://example.com:443", answeredBy: "nobody", failure: "name not found" },
            { url: "tcp://192.168.1.7:1883", answeredBy: "nobody", failure: "no answer" },
        ])
    })
})

describe("a made-up network", () => {
    it("calls a host by the protocol that it went over to", () => {
        const board = new Board(false)
        expect(board.network.open("127.0.0.1", 8080, false)).toBe(0)
        expect(board.next(1_000)!.told).toBe("open")
        const asked = [
            "GET / HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            // RFC 6455, 1.3.
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        board.network.write(new TextEncoder().encode(`${asked.join("\r\n")}\r\n\r\n`))
        expect(board.next(1_000)!.told).toContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        expect(board.network.report()).toMatchObject([{ url: "ws://127.0.0.1:8080", answers: 1 }])
    })

    it("is away for a while, takes its connections with it, and comes back", () => {
        const board = new Board(false)
        const { network, wifi } = board
        const goneAtMs = wifi.changesAtMs(0)
        expect(goneAtMs).toBeGreaterThan(3_600_000)
        board.wait(goneAtMs - 1_000)
        expect(network.open("broker.example.com", 8883, true)).toBe(0)
        const open = board.next(1_000)!
        // The handshake of TLS takes its time, and is the firmware's: what passes is plain.
        expect(open).toEqual({ told: "open", afterMs: 235 })
        expect(board.next(1_000)!.told).toBe("error connection lost")
        expect(network.isOpen()).toBe(false)
        expect(network.open("broker.example.com", 8883, true)).toBe(-1)
        board.wait(wifi.changesAtMs(goneAtMs) - goneAtMs)
        expect(network.open("broker.example.com", 8883, true)).toBe(0)
        expect(board.next(1_000)!.told).toBe("open")
        expect(network.report()).toMatchObject([{ connections: 2, lost: 1 }])
    })

    it("does not resolve what cannot be a name", () => {
        const board = new Board(false)
        expect(board.network.open("no such host", 80, false)).toBe(0)
        expect(board.next(1_000)!.told).toBe("error can't resolve host")
    })
})
