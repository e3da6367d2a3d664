import { UserError } from "../../base/errors"
import { InPipe, MAX_PIPE_PORT, pipePortOf } from "./in-pipe"
import { FRAME_FLAG } from "../../wire/jacdac-frame"
import {
    deviceOf,
    packetFrame,
    packetsOf,
    SERVICE_INDEX,
    type JacdacPacket,
} from "../../wire/jacdac-packet"
import { LinkError, type Link } from "../link"

/** Where a service is: its device, and its index there. */
export interface ServiceAddress {
    device: bigint
    service: number
}

/** The device did not answer, though it was asked several times. */
export class NoAnswerError extends UserError {
    override readonly name = "NoAnswerError"

    constructor(message: string) {
        super("E_NO_ANSWER", message)
    }
}

/**
 * How long an answer is waited for, in milliseconds. A device sends a frame of a pipe again after 8,
 * 24 and 56 ms, so more than that is a request that got lost; frames may be 50 ms late each way.
 */
const ANSWER_MS = 150
/** A busy host may not get round to what has come for a second or two. */
const ATTEMPTS = 20
/** Of what takes the device long to answer. */
const MIN_ATTEMPTS = 4
/** Prefixes of a register's commands (`JD_CMD_GET_REGISTER`, `JD_CMD_SET_REGISTER`). */
const GET = 0x1000
const SET = 0x2000
const NOTHING = new Uint8Array(0)

/**
 * A client of one service over an open link. Every request is repeated until it is answered, so lost
 * packets cost time only: what is sent must do no harm when it arrives twice. It fails with a
 * `NoAnswerError` when the device stays silent, and with a `LinkError` as soon as the link is down.
 */
export class ServiceClient {
    /** Frames sent and received here, acknowledgements of pipes left out. */
    frames = 0
    /** Ours on the bus: answers that have an addressee come to it. */
    private readonly host = crypto.getRandomValues(new BigUint64Array(1))[0]!
    private readonly watchers = new Set<(packet: JacdacPacket) => void>()
    private readonly pipes = new Map<number, { pipe: InPipe; received: () => void }>()
    private readonly downs = new Set<(error: Error) => void>()
    private port = 0
    private isClosed = false
    private readonly stop: () => void

    constructor(
        private readonly link: Link,
        private readonly at: ServiceAddress,
    ) {
        this.stop = link.listen({
            frame: frame => this.received(frame),
            state: ({ phase }) => {
                if (phase === "open") return
                for (const down of [...this.downs])
                    down(new LinkError(`${link.address} is ${phase}`))
            },
        })
    }

    /** Hears of every packet the service sends. @returns ends that */
    watch(watcher: (packet: JacdacPacket) => void): () => void {
        this.watchers.add(watcher)
        return () => void this.watchers.delete(watcher)
    }

    /** Sends a command until the device acknowledges it. */
    async command(command: number, data: Uint8Array = NOTHING): Promise<void> {
        const flags = FRAME_FLAG.command | FRAME_FLAG.ackRequested
        const frame = this.frame(flags, command, data)
        const crc = crcOf(frame)
        await this.untilAnswer(frame, packet =>
            packet.service === SERVICE_INDEX.ack && packet.command === crc ? true : undefined,
        )
    }

    /**
     * @param answerMs how long the device may take, before it is asked again
     * @returns what the register holds
     */
    read(register: number, answerMs = ANSWER_MS): Promise<Uint8Array> {
        const command = GET | register
        const frame = this.frame(FRAME_FLAG.command, command, NOTHING)
        const read = (packet: JacdacPacket) =>
            packet.service === this.at.service && packet.command === command
                ? packet.data
                : undefined
        return this.untilAnswer(frame, read, answerMs)
    }

    write(register: number, data: Uint8Array): Promise<void> {
        return this.command(SET | register, data)
    }

    /**
     * Sends a command whose answer comes on a pipe.
     * @param args what follows the pipe's address in the command
     * @param check throws when there is a reason to stop: asked before each request and each wait
     * @returns the packets of the answer
     */
    async collect(
        command: number,
        args: Uint8Array = NOTHING,
        check: () => void = () => undefined,
    ): Promise<Uint8Array[]> {
        for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
            check()
            // A port of its own for each attempt: what is left of the one before goes nowhere.
            const port = (this.port = (this.port % MAX_PIPE_PORT) + 1)
            const data = new Uint8Array(12 + args.length)
            const view = new DataView(data.buffer)
            view.setBigUint64(0, this.host, true)
            view.setUint16(8, port, true)
            data.set(args, 12)
            const request = this.frame(FRAME_FLAG.command, command, data)
            const chunks = await this.fromPipe(port, request, check)
            if (chunks) return chunks
        }
        throw this.noAnswer()
    }

    /** Ends it: what waits for an answer, or asks from now on, fails with a `LinkError`. */
    close(): void {
        this.isClosed = true
        this.stop()
        for (const down of [...this.downs]) down(new LinkError(`${this.link.address} is let go`))
    }

    private frame(flags: number, command: number, data: Uint8Array): Uint8Array {
        const { device, service } = this.at
        return packetFrame(device, flags, { service, command, data })
    }

    private async untilAnswer<T>(
        frame: Uint8Array,
        read: (packet: JacdacPacket) => T | undefined,
        answerMs = ANSWER_MS,
    ): Promise<T> {
        let hear: (packet: JacdacPacket) => void = () => undefined
        const answer = new Promise<T>(resolve => {
            hear = packet => {
                const found = read(packet)
                if (found !== undefined) resolve(found)
            }
        })
        const leave = this.watch(packet => hear(packet))
        try {
            const attempts = Math.max(MIN_ATTEMPTS, (ATTEMPTS * ANSWER_MS) / answerMs)
            for (let attempt = 0; attempt < attempts; attempt++) {
                await this.send(frame)
                const found = await this.within(answer, answerMs)
                if (found !== undefined) return found
            }
        } finally {
            leave()
        }
        throw this.noAnswer()
    }

    /** @returns undefined when the pipe came to a halt before its end */
    private async fromPipe(
        port: number,
        request: Uint8Array,
        check: () => void,
    ): Promise<Uint8Array[] | undefined> {
        const pipe = new InPipe()
        let received: () => void = () => undefined
        this.pipes.set(port, { pipe, received: () => received() })
        try {
            let progress = new Promise<true>(resolve => (received = () => resolve(true)))
            await this.send(request)
            while (pipe.state === "open") {
                if (!(await this.within(progress))) return undefined
                check()
                progress = new Promise<true>(resolve => (received = () => resolve(true)))
            }
            return pipe.state === "closed" ? pipe.chunks : undefined
        } finally {
            this.pipes.delete(port)
        }
    }

    /** What is promised, or undefined when it takes too long. Rejects when the link goes down. */
    private async within<T>(promise: Promise<T>, ms = ANSWER_MS): Promise<T | undefined> {
        let timer: ReturnType<typeof setTimeout> | undefined
        let down: (error: Error) => void = () => undefined
        const end = new Promise<undefined>((resolve, reject) => {
            timer = setTimeout(() => resolve(undefined), ms)
            down = reject
        })
        this.downs.add(down)
        try {
            return await Promise.race([promise, end])
        } finally {
            clearTimeout(timer)
            this.downs.delete(down)
        }
    }

    private async send(frame: Uint8Array): Promise<void> {
        if (this.isClosed) throw new LinkError(`${this.link.address} is let go`)
        this.frames++
        await this.link.send(frame)
    }

    private received(frame: Uint8Array): void {
        const device = deviceOf(frame)
        const flags = frame[3]!
        if (flags & FRAME_FLAG.command) {
            if (device === this.host) this.receivedPipe(frame, flags)
            return
        }
        if (device !== this.at.device) return
        for (const packet of packetsOf(frame)) {
            if (packet.service !== this.at.service && packet.service !== SERVICE_INDEX.ack) continue
            this.frames++
            for (const watcher of [...this.watchers]) watcher(packet)
        }
    }

    private receivedPipe(frame: Uint8Array, flags: number): void {
        this.frames++
        if (flags & FRAME_FLAG.ackRequested) {
            const ack = { service: SERVICE_INDEX.ack, command: crcOf(frame), data: NOTHING }
            // Without it the device sends the frame again.
            this.link.send(packetFrame(this.host, 0, ack)).catch(() => undefined)
        }
        const packets = packetsOf(frame).filter(({ service }) => service === SERVICE_INDEX.pipe)
        for (const [port, { pipe, received }] of this.pipes) {
            const own = packets.filter(packet => pipePortOf(packet) === port)
            if (own.length > 0 && pipe.receive(frame, own)) received()
        }
    }

    private noAnswer(): NoAnswerError {
        return new NoAnswerError(
            `the board does not answer (asked again and again for ${(ATTEMPTS * ANSWER_MS) / 1000} s)`,
        )
    }
}

/** A frame's CRC as acknowledgements name it. */
function crcOf(frame: Uint8Array): number {
    return frame[0]! | (frame[1]! << 8)
}
