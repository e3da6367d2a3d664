import { createServer, type Socket } from "node:net"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { findBoard } from "../../../host/boards/node/find-board"
import { ROM_CHIPS } from "../../../host/simulator/boot-rom/chips"
import { SimulatedChip } from "./simulated-chip"

/** A boot ROM that is asked nothing for so long has done what was wanted: somebody presses RESET. Milliseconds. */
const IDLE_MS = 800

/**
 * An ESP32 out of its box on a TCP port, its BOOT button held: its boot ROM takes commands until it has got
 * firmware, and somebody then presses RESET.
 */
export async function serveChip(id: string) {
    const simulated = new SimulatedChip(id)
    const { chip, flash } = simulated
    const { bootAddress } = ROM_CHIPS[findBoard(id).archId]!
    let socket: Socket | undefined
    let idle: NodeJS.Timeout | undefined
    const press = () => {
        if (flash.bytes[bootAddress] === 0xe9 && !simulated.running) chip.resetByHand()
    }
    chip.resetByHand({ boot: true })
    const server = createServer({ noDelay: true }, host => {
        socket = host
        simulated.plug({
            send: bytes => {
                clearTimeout(idle)
                idle = setTimeout(press, IDLE_MS)
                return host.write(bytes)
            },
            unplugged: () => host.destroy(),
        })
        host.on("data", bytes => simulated.receive(bytes))
        host.on("drain", () => simulated.running?.drained())
        host.on("error", () => undefined)
        host.on("close", () => {
            if (socket !== host) return
            socket = undefined
            simulated.unplug()
        })
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    return {
        ...{ chip, flash, port, address: `tcp://127.0.0.1:${port}` },
        close: async () => {
            clearTimeout(idle)
            simulated.powerOff()
            socket?.destroy()
            server.close()
            await once(server, "close")
        },
    }
}
