import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { bridgeCommandOf } from "../../../host/wire/bridge"
import { encodeFrame, FrameDecoder } from "../../../host/wire/framing"
import { SeededRandom } from "../../../host/base/seeded-random"

/** What happens to packets on the way. Shares are of all packets, 0 to 1. */
export interface Trouble {
    lost?: number
    doubled?: number
    late?: number
    /** How late a late packet is, in milliseconds. */
    lateMs?: number
    seed?: number
}

/**
 * A cable between a TCP port and whoever connects to it, that loses packets, doubles them and lets them
 * come late, in both directions; log text comes through. Late packets are overtaken by others.
 */
export async function relay(port: number, trouble: Trouble = {}) {
    const { lost = 0, doubled = 0, late = 0, lateMs = 50, seed = 1 } = trouble
    const random = new SeededRandom(seed)
    const dice = new Uint32Array(1)
    const happens = (share: number) => {
        random.fill(new Uint8Array(dice.buffer))
        return dice[0]! / 2 ** 32 < share
    }
    const sockets = new Set<Socket>()
    const seen = { frames: 0, lost: 0, doubled: 0, late: 0 }
    const pass = (from: Socket, to: Socket) => {
        const send = (bytes: Uint8Array) => {
            if (!to.destroyed) to.write(bytes)
        }
        const decoder = new FrameDecoder({
            frame: frame => {
                const bytes = encodeFrame(frame.slice())
                // The bridge's own are no packets of the bus.
                if (bridgeCommandOf(frame) !== undefined) return send(bytes)
                seen.frames++
                if (happens(lost)) return void seen.lost++
                const deliver = () => {
                    if (!happens(late)) return send(bytes)
                    seen.late++
                    setTimeout(() => send(bytes), lateMs)
                }
                deliver()
                if (!happens(doubled)) return
                seen.doubled++
                deliver()
            },
            text: bytes => send(bytes.slice()),
        })
        sockets.add(from)
        from.on("data", bytes => decoder.push(bytes))
            .on("error", () => undefined)
            .on("close", () => {
                sockets.delete(from)
                to.destroy()
            })
    }
    const server = createServer({ noDelay: true }, near => {
        const far = connect({ port, host: "127.0.0.1", noDelay: true })
        pass(near, far)
        pass(far, near)
    })
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    return {
        port: (server.address() as AddressInfo).port,
        seen,
        hangUp: () => sockets.forEach(socket => socket.destroy()),
        close: async () => {
            sockets.forEach(socket => socket.destroy())
            await new Promise(done => server.close(done))
        },
    }
}
