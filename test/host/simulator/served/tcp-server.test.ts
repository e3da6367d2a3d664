import { once } from "node:events"
import { connect } from "node:net"
import { expect, test } from "vitest"
import { BoardServer } from "../../../../host/simulator/served/tcp-server"
import type { Cable, ServedBoard } from "../../../../host/simulator/served/served-board"

const IDLE_MS = 200

/** A server whose board says something at once to whoever has it. */
async function serve(says: Uint8Array) {
    const board = {
        plug: (cable: Cable) => void cable.send(says),
        unplug: () => undefined,
        receive: () => undefined,
        drained: () => undefined,
    }
    const server = await BoardServer.start(
        board as unknown as ServedBoard,
        { host: "127.0.0.1", port: 0 },
        undefined,
        IDLE_MS,
    )
    const port = Number(server.address.split(":").at(-1))
    const join = () => connect({ port, host: "127.0.0.1" })
    return { server, join }
}

test("a host that never says a word gives way to one that waits", async () => {
    const { server, join } = await serve(Uint8Array.of(1))
    const idle = join()
    await once(idle, "data")
    const second = join()
    const began = performance.now()
    await once(second, "data")
    expect(performance.now() - began).toBeGreaterThan(IDLE_MS / 2)
    second.destroy()
    idle.destroy()
    await server.close()
}, 10_000)

test("so does one that takes nothing any more", async () => {
    const { server, join } = await serve(new Uint8Array(32 << 20))
    const deaf = join()
    deaf.write("hello")
    deaf.pause()
    await once(deaf, "connect")
    const second = join()
    await once(second, "data")
    second.destroy()
    deaf.destroy()
    await server.close()
}, 10_000)

test("one that has spoken and listens keeps the board", async () => {
    const { server, join } = await serve(Uint8Array.of(1))
    const watcher = join()
    watcher.write("hello")
    await once(watcher, "data")
    const second = join()
    let got = false
    second.on("data", () => (got = true))
    await new Promise(done => setTimeout(done, 3 * IDLE_MS))
    expect(got).toBe(false)
    watcher.destroy()
    await once(second, "data")
    second.destroy()
    await server.close()
}, 10_000)
