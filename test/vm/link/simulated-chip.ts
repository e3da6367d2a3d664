import { dcfgLength, isDcfg } from "../../../host/boards/dcfg"
import { findBoard } from "../../../host/boards/node/find-board"
import { ROM_CHIPS } from "../../../host/simulator/boot-rom/chips"
import { EspBoard } from "../../../host/simulator/boot-rom/esp-board"
import { SpiFlash } from "../../../host/simulator/boot-rom/spi-flash"
import type { Cable } from "../../../host/simulator/served/served-board"
import { VirtualBoard } from "../../../host/simulator/served/virtual-board"
import { vm } from "../harness"

/**
 * An ESP32 out of its box: its boot ROM takes commands until it has got firmware. What starts then is a board
 * of the project's with the configuration that stands in its flash; it is the same cable.
 * @param bytecode of the program that its storage holds
 */
export class SimulatedChip {
    readonly flash = new SpiFlash(4 << 20)
    readonly chip: EspBoard
    /** The board that its firmware makes of it, while it runs. */
    running: VirtualBoard | undefined
    private cable: Cable | undefined

    constructor(id: string, bytecode?: Uint8Array) {
        const board = findBoard(id)
        this.chip = new EspBoard({
            chip: ROM_CHIPS[board.archId]!,
            flash: this.flash,
            send: bytes => void this.cable?.send(bytes),
            onReset: mode => {
                this.running?.powerOff()
                this.running = undefined
                if (mode !== "firmware") return
                const { configurationOffset } = board.firmware.image
                const found = this.flash.bytes.subarray(configurationOffset)
                if (!isDcfg(found)) return
                const configuration = found.slice(0, dcfgLength(found))
                const { heapBytes, features } = board
                this.running = new VirtualBoard(vm, {
                    ...{ heapBytes, features, configuration, bootMs: 0 },
                    ...(bytecode && { bytecode }),
                })
                this.running.powerOn()
                if (this.cable) this.running.plug(this.cable)
            },
        })
    }

    plug(cable: Cable): void {
        this.cable = cable
        this.running?.plug(cable)
    }

    unplug(): void {
        this.cable = undefined
        this.running?.unplug()
    }

    /** Bytes from the host. */
    receive(bytes: Uint8Array): void {
        if (this.running) this.running.receive(bytes)
        else this.chip.receive(bytes)
    }

    powerOff(): void {
        this.running?.powerOff()
    }
}
