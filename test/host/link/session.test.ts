import { expect, test } from "vitest"
import { sleep } from "../../../host/base/pause"
import { BoardLink } from "../../../host/link/board-link"
import type { Port } from "../../../host/link/transport/byte-stream"

/** A port that takes so long to open, and what has become of it. */
function slowPort(openMs: number) {
    const seen = { isOpen: false }
    const port: Port = {
        address: "slow",
        async open() {
            await sleep(openMs)
            seen.isOpen = true
            return {
                write: () => Promise.resolve(),
                close() {
                    seen.isOpen = false
                    return Promise.resolve()
                },
            }
        },
    }
    return { port, seen }
}

test("a port that was being opened is free once the link is closed", async () => {
    const { port, seen } = slowPort(50)
    const link = new BoardLink(port)
    const opening = expect(link.open()).rejects.toThrow(/closed/)
    await sleep(5)
    await link.close()
    await sleep(100)
    expect(seen.isOpen).toBe(false)
    await opening
})

test("the port is free as soon as closing is over, and one that never opens is not waited for", async () => {
    const { port, seen } = slowPort(50)
    const opens: boolean[] = []
    const link = new BoardLink({
        ...port,
        async open(listener) {
            const stream = await port.open(listener)
            opens.push(seen.isOpen)
            return stream
        },
    })
    const opening = link.open().catch(() => undefined)
    await sleep(5)
    await link.close()
    expect(opens).toEqual([true])
    expect(seen.isOpen).toBe(false)
    await opening

    const never = new BoardLink({ address: "never", open: () => new Promise(() => undefined) })
    never.open().catch(() => undefined)
    await sleep(5)
    const began = performance.now()
    await never.close()
    expect(performance.now() - began).toBeLessThan(2000)
})
