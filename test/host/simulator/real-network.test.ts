import { createServer, type AddressInfo, type Server } from "node:net"
import { once } from "node:events"
import { afterEach, describe, expect, it } from "vitest"
import { RealNetwork } from "../../../host/simulator/node/real-network"
import { ArrivalQueue } from "../../../host/simulator/world/arrival-queue"

const servers: Server[] = []
afterEach(() => {
    for (const server of servers.splice(0)) server.close()
})

/** A server on this machine that answers everything with the same, after some time. */
async function serve(answer: string, afterMs: number): Promise<number> {
    const server = createServer(socket => {
        socket.on("error", () => undefined)
        socket.on("data", () => setTimeout(() => socket.end(answer), afterMs))
    })
    servers.push(server.listen(0, "127.0.0.1"))
    await once(server, "listening")
    return (server.address() as AddressInfo).port
}

/** A board that only waits: its time passes as the network lets it. */
class Board {
    readonly time = new ArrivalQueue()
    readonly network: RealNetwork

    constructor(timeoutMs?: number) {
        this.network = new RealNetwork(this.time, timeoutMs)
    }

    /** The next thing that comes, and how much of the board's time passed until then. */
    async next(): Promise<{ event: string; text: string; afterMs: number }> {
        const from = this.time.nowUs
        for (;;) {
            const arrival = this.time.take()
            if (arrival?.kind === "socket")
                return {
                    event: arrival.event,
                    text: new TextDecoder().decode(arrival.data),
                    afterMs: (this.time.nowUs - from) / 1000,
                }
            await this.time.settling()
            this.time.clock.advanceTo(this.time.nowUs + 10_000)
        }
    }
}

describe("the machine's own network as the board's", () => {
    it("passes on what is sent and what comes back, and holds the board to real time", async () => {
        const board = new Board()
        const { network } = board
        const port = await serve("hello", 100)
        expect(network.open("127.0.0.1", port, false)).toBe(0)
        expect(network.write(new Uint8Array([1]))).toBe(-10)
        expect((await board.next()).event).toBe("open")
        expect(network.write(new TextEncoder().encode("hi"))).toBe(0)
        const answer = await board.next()
        expect(answer).toMatchObject({ event: "data", text: "hello" })
        // Not the hour that a simulated board does in that time.
        expect(answer.afterMs).toBeGreaterThan(80)
        expect(answer.afterMs).toBeLessThan(5_000)
        expect((await board.next()).event).toBe("close")
        expect(network.isOpen()).toBe(false)
        expect(network.report()).toEqual([
            {
                url: `tcp://127.0.0.1:${port}`,
                answeredBy: "the network itself",
                ...{ connections: 1, requests: 1, answers: 1 },
            },
        ])
    })

    it("says why nobody answers, in the firmware's words and in plain ones", async () => {
        const board = new Board()
        const port = await serve("", 0)
        servers.pop()!.close()
        board.network.open("127.0.0.1", port, false)
        expect(await board.next()).toMatchObject({ event: "error", text: "can't connect" })
        expect(board.network.write(new Uint8Array(1))).toBe(-10)
        // No label of a name can be that long: no name server is asked.
        board.network.open(`${"x".repeat(64)}.invalid`, 80, false)
        expect(await board.next()).toMatchObject({ event: "error", text: "can't resolve host" })
        expect(board.network.report().map(({ failure }) => failure)).toEqual([
            "refused",
            "name not found",
        ])
    })

    it("gives up a handshake that nobody answers", async () => {
        const port = await serve("", 60_000)
        const board = new Board(200)
        board.network.open("127.0.0.1", port, true)
        expect(await board.next()).toMatchObject({ event: "error", text: "can't connect" })
        expect(board.network.report()).toMatchObject([
            { answeredBy: "nobody", failure: "no answer" },
        ])
    })

    it("closes what a reset leaves open", async () => {
        const board = new Board()
        board.network.open("127.0.0.1", await serve("", 1000), false)
        expect((await board.next()).event).toBe("open")
        board.time.reset()
        expect(board.network.isOpen()).toBe(false)
    })
})
