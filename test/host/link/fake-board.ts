import { FRAME_FLAG } from "../../../host/wire/jacdac-frame"
import {
    deviceOf,
    packetFrame,
    packetsOf,
    SERVICE_INDEX,
    type JacdacPacket,
} from "../../../host/wire/jacdac-packet"
import type { Link, LinkListener, LinkState } from "../../../host/link/link"

const DEVICE = 0x1122334455667788n
const SERVICE = 5
/** Where the debugger of a `FakeBoard` is. */
export const FAKE_ADDRESS = { device: DEVICE, service: SERVICE }

const HALT = 0x94
const SUSPENDED_EVENT = 0x8080

/** What a fake board says. */
export interface FakeAnswers {
    /** The packets of the answer to a command that has one on a pipe. */
    pipe(command: number, args: Uint8Array): Uint8Array[]
    /** What is in a register. By default that it was halted and let go as told. */
    register?(register: number): Uint8Array
}

/** A link with a debugger at its other end that answers at once, whatever a test wants it to. */
export class FakeBoard implements Link {
    readonly address = "fake"
    readonly state: LinkState = { phase: "open" }
    /** Every command that reached the debugger, and what came with it. */
    readonly requests: { command: number; data: Uint8Array }[] = []
    private readonly listeners = new Set<LinkListener>()
    private isHalted = false

    constructor(private readonly answers: FakeAnswers) {}

    listen(listener: LinkListener): () => void {
        this.listeners.add(listener)
        return () => void this.listeners.delete(listener)
    }

    open(): Promise<void> {
        return Promise.resolve()
    }

    close(): Promise<void> {
        return Promise.resolve()
    }

    send(frame: Uint8Array): Promise<void> {
        if (frame[3]! & FRAME_FLAG.command && deviceOf(frame) === DEVICE) {
            if (frame[3]! & FRAME_FLAG.ackRequested)
                this.report({
                    service: SERVICE_INDEX.ack,
                    command: frame[0]! | (frame[1]! << 8),
                    data: new Uint8Array(0),
                })
            for (const packet of packetsOf(frame)) this.command(packet)
        }
        return Promise.resolve()
    }

    private command({ command, data }: JacdacPacket): void {
        this.requests.push({ command, data: data.slice() })
        if (command === HALT) {
            this.isHalted = true
            this.report({ service: SERVICE, command: SUSPENDED_EVENT, data: new Uint8Array(5) })
        } else if (command === 0x2001) this.isHalted = false
        else if (command >= 0x1000)
            this.report({
                service: SERVICE,
                command,
                data:
                    this.answers.register?.(command & 0xfff) ??
                    Uint8Array.of(Number(this.isHalted)),
            })
        else this.answerOnPipe(command, data)
    }

    private answerOnPipe(command: number, data: Uint8Array): void {
        const view = new DataView(data.buffer, data.byteOffset, data.length)
        const host = view.getBigUint64(0, true)
        const port = view.getUint16(8, true)
        const chunks = this.answers.pipe(command, data.subarray(12))
        chunks.forEach((chunk, i) => this.pipe(host, (port << 7) | (i & 0x1f), chunk))
        const close = (port << 7) | 0x60 | (chunks.length & 0x1f)
        this.pipe(host, close, new Uint8Array(0))
    }

    private pipe(host: bigint, command: number, data: Uint8Array): void {
        const flags = FRAME_FLAG.command | FRAME_FLAG.ackRequested
        this.tell(packetFrame(host, flags, { service: SERVICE_INDEX.pipe, command, data }))
    }

    private report(packet: JacdacPacket): void {
        this.tell(packetFrame(DEVICE, 0, packet))
    }

    private tell(frame: Uint8Array): void {
        queueMicrotask(() => {
            for (const listener of [...this.listeners]) listener.frame?.(frame)
        })
    }
}
