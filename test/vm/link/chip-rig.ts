import { createServer, type Socket } from "node:net"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { dcfgLength, isDcfg } from "../../../host/boards/dcfg"
import { findBoard } from "../../../host/boards/node/find-board"
import { ROM_CHIPS } from "../../../host/simulator/boot-rom/chips"
import { EspBoard } from "../../../host/simulator/boot-rom/esp-board"
import { SpiFlash } from "../../../host/simulator/boot-rom/spi-flash"
import { VirtualBoard } from "../../../host/simulator/served/virtual-board"
import { vm } from "../harness"

/** A boot ROM that is asked nothing for so long has done what was wanted: somebody presses RESET. Milliseconds. */
const IDLE_MS = 800

/**
 * An ESP32 out of its box on a TCP port, its BOOT button held: its boot ROM takes commands until it has got
 * firmware, and somebody then presses RESET. What starts is a board of the project's with the configuration
 * that stands in its flash; it is the same cable.
 */
export async function serveChip(id: string) {
    const board = findBoard(id)
    const flash = new SpiFlash(4 << 20)
    let socket: Socket | undefined
    let running: VirtualBoard | undefined
    let idle: NodeJS.Timeout | undefined
    const press = () => {
        const starts = flash.bytes[ROM_CHIPS[board.archId]!.bootAddress] === 0xe9
        if (starts && !running) chip.resetByHand()
    }
    const send = (bytes: Uint8Array) => {
        clearTimeout(idle)
        idle = setTimeout(press, IDLE_MS)
        socket?.write(bytes)
    }
    const chip: EspBoard = new EspBoard({
        ...{ chip: ROM_CHIPS[board.archId]!, flash, send },
        onReset: mode => {
            running?.powerOff()
            running = undefined
            if (mode !== "firmware") return
            const { configurationOffset } = board.firmware.image
            const found = flash.bytes.subarray(configurationOffset)
            if (!isDcfg(found)) return
            const configuration = found.slice(0, dcfgLength(found))
            const { heapBytes, features } = board
            running = new VirtualBoard(vm, { heapBytes, features, configuration, bootMs: 0 })
            running.powerOn()
            plug()
        },
    })
    const plug = () => {
        const to = socket
        if (to) running?.plug({ send: bytes => to.write(bytes), unplugged: () => to.destroy() })
    }
    chip.resetByHand({ boot: true })
    const server = createServer({ noDelay: true }, host => {
        socket = host
        plug()
        host.on("data", bytes => {
            if (running) running.receive(bytes)
            else chip.receive(bytes)
        })
        host.on("drain", () => running?.drained())
        host.on("error", () => undefined)
        host.on("close", () => {
            if (socket !== host) return
            socket = undefined
            running?.unplug()
        })
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    return {
        ...{ chip, flash, port, address: `tcp://127.0.0.1:${port}` },
        close: async () => {
            clearTimeout(idle)
            running?.powerOff()
            socket?.destroy()
            server.close()
            await once(server, "close")
        },
    }
}
