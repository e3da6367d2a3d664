import { expect, test } from "vitest"
import { UsbEndpoint } from "../../../../host/simulator/served/usb-endpoint"
import { bridgeCommandOf, WAKE_UP } from "../../../../host/wire/bridge"
import { encodeFrame, FrameDecoder } from "../../../../host/wire/framing"
import { LOG_RING_BYTES } from "../../../../host/simulator/served/log-ring"
import { randomFrame } from "../../wire/frames"

/** Takes all that the board has to tell. */
function drain(wire: UsbEndpoint) {
    const frames: Uint8Array[] = []
    let text = ""
    let gaps = 0
    const decoder = new FrameDecoder({
        frame: frame => frames.push(frame.slice()),
        text: bytes => (text += Buffer.from(bytes).toString()),
        gap: () => gaps++,
    })
    for (let packet = wire.pull(); packet.length > 0; packet = wire.pull()) {
        expect(packet.length).toBeLessThanOrEqual(64)
        decoder.push(packet)
    }
    return { frames, text, gaps }
}

test("a board is silent until the first command, then tells its boot log", () => {
    const wire = new UsbEndpoint(() => undefined)
    wire.print("booted")
    wire.forward(randomFrame(1, 40))
    expect(wire.pull()).toHaveLength(0)
    wire.receive(WAKE_UP)
    const { frames, text } = drain(wire)
    expect(frames.map(bridgeCommandOf)).toEqual([0x81, 0x83])
    expect(text).toBe("booted\nusb: packets 1\n")
})

test("frames from the host reach the bus, and the board's the host", () => {
    const received: Uint8Array[] = []
    const wire = new UsbEndpoint(frame => received.push(frame.slice()))
    wire.receive(WAKE_UP)
    drain(wire)
    const frame = randomFrame(2, 100)
    wire.receive(encodeFrame(frame))
    wire.forward(frame)
    expect(received).toEqual([frame])
    expect(drain(wire).frames).toEqual([frame])
})

test("a frame may split a line", () => {
    const wire = new UsbEndpoint(() => undefined)
    wire.receive(WAKE_UP)
    drain(wire)
    wire.print("x".repeat(100))
    const first = wire.pull()
    wire.forward(randomFrame(3, 60))
    const second = wire.pull()
    expect(Buffer.from(first).toString()).toMatch(/^x+$/)
    expect([...second.subarray(0, 2)]).toEqual([0xfe, 0xfc])
})

test("of a log nobody took, the last 4 KB are left", () => {
    const wire = new UsbEndpoint(() => undefined)
    for (let i = 0; i < 1000; i++) wire.print(`line ${i}`)
    wire.receive(WAKE_UP)
    const { text } = drain(wire)
    expect(text).toHaveLength(LOG_RING_BYTES)
    expect(text).toContain("\nline 999\nusb: packets 1\n")
    expect(text).not.toContain("line 100\n")
})

test("frames that nobody took are dropped behind a gap", () => {
    const wire = new UsbEndpoint(() => undefined)
    wire.receive(WAKE_UP)
    drain(wire)
    for (let i = 0; i < 100; i++) wire.forward(randomFrame(i, 64))
    const { frames, gaps } = drain(wire)
    expect(frames).toHaveLength(16)
    expect(gaps).toBe(1)
})
