import { describe, expect, test } from "vitest"
import { BootRom } from "../../../../host/simulator/boot-rom/boot-rom"
import { ROM_CHIPS } from "../../../../host/simulator/boot-rom/chips"
import { EspBoard } from "../../../../host/simulator/boot-rom/esp-board"
import { encodeSlip, SlipDecoder } from "../../../../host/simulator/boot-rom/slip"
import { SpiFlash } from "../../../../host/simulator/boot-rom/spi-flash"
import { code } from "../../boards/images/make-firmware"

describe("the boot ROM", () => {
    function rom(archId = "esp32c3") {
        const flash = new SpiFlash(1 << 20)
        const answers: Uint8Array[] = []
        const decoder = new SlipDecoder(packet => answers.push(packet), 1000)
        const loader = new BootRom({
            ...{ chip: ROM_CHIPS[archId]!, flash },
            ...{ send: bytes => decoder.push(bytes), onReboot: () => undefined },
        })
        const ask = (
            command: number,
            words: number[],
            data: Uint8Array = new Uint8Array(0),
            sum?: number,
        ) => {
            const body = Buffer.concat([new Uint8Array(Uint32Array.from(words).buffer), data])
            const packet = Buffer.alloc(8 + body.length)
            packet[1] = command
            packet.writeUInt16LE(body.length, 2)
            packet.writeUInt32LE(sum ?? data.reduce((xor, byte) => xor ^ byte, 0xef), 4)
            packet.set(body, 8)
            answers.length = 0
            loader.receive(encodeSlip(packet))
            return answers
        }
        const sync = () => ask(0x08, [0x20120707, ...Array<number>(8).fill(0x55555555)])
        return { flash, ask, sync }
    }

    test("says nothing before it is synchronised, and eight times that it is", () => {
        const { ask, sync } = rom()
        expect(ask(0x0a, [0x40001000])).toEqual([])
        expect(sync()).toHaveLength(8)
        // As Espressif's documentation has it, byte for byte, the ROM's two more status bytes aside.
        expect(Buffer.from(sync()[0]!).toString("hex")).toBe("010804000707122000000000")
    })

    test("refuses wrong sums, wrong numbers, more than was announced, and what is not in its flash", () => {
        const { ask, sync, flash } = rom()
        sync()
        const status = ([answer]: Uint8Array[]) => [...answer!.subarray(-4, -2)]
        // Without its pins attached there is no flash.
        expect(status(ask(0x02, [4096, 4, 1024, 0, 0]))).toEqual([1, 6])
        ask(0x0d, [0, 0])
        expect(status(ask(0x02, [4096, 2, 16, 0, 0]))).toEqual([0, 0])
        const block = code(16)
        expect(status(ask(0x03, [16, 0, 0, 0], block, 1))).toEqual([1, 7])
        expect(status(ask(0x03, [16, 1, 0, 0], block))).toEqual([1, 6])
        expect(status(ask(0x03, [16, 0, 0, 0], block))).toEqual([0, 0])
        expect(status(ask(0x03, [16, 1, 0, 0], block))).toEqual([0, 0])
        expect(status(ask(0x03, [16, 2, 0, 0], block))).toEqual([1, 6])
        expect(Buffer.compare(flash.bytes.subarray(16, 32), block)).toBe(0)
        expect(status(ask(0x02, [4096, 4, 1024, 1 << 20, 0]))).toEqual([1, 6])
        // The loader's own commands are unknown to it.
        expect(status(ask(0xd0, []))).toEqual([1, 5])
        expect(ask(0xd0, [])).toHaveLength(8)
    })
})

test("a board's lines and buttons", () => {
    const modes: string[] = []
    const flash = new SpiFlash(1 << 20)
    const chip = ROM_CHIPS["esp32"]!
    const board = new EspBoard({
        chip,
        flash,
        send: () => undefined,
        onReset: mode => modes.push(mode),
    })
    const lines = (...states: [dtr: number, rts: number][]) => {
        modes.length = 0
        for (const [dtr, rts] of states) board.setLines({ dtr: dtr === 1, rts: rts === 1 })
        return modes
    }
    // Both raised together, as a system does it, or neither: nothing.
    expect(lines([1, 1], [0, 0], [1, 1])).toEqual([])
    expect(lines([0, 1], [1, 0])).toEqual(["boot ROM"])
    expect(lines([0, 1], [0, 0])).toEqual(["nothing to start"])
    flash.write(chip.bootAddress, Uint8Array.of(0xe9))
    expect(lines([0, 1], [0, 0])).toEqual(["firmware"])
    board.resetByHand({ boot: true })
    expect(board.mode).toBe("boot ROM")
})
