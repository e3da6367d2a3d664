import type { I2cDevice } from "../i2c-device"

/** Number of available bytes, and of those that follow: they go before what is read. */
const HEADER_BYTES = 2
const MAX_CHUNK = 255
const NEWLINE = 10

/**
 * The Blues Notecard, by its serial protocol over I2C: requests and answers are JSON, a line each. It takes
 * everything, and has nothing to tell.
 */
export class Notecard implements I2cDevice {
    readonly name = "Notecard"
    private request: number[] = []
    private answer: Uint8Array = new Uint8Array()
    private wanted = 0
    private notes = 0

    write(data: Uint8Array): boolean {
        const [length = 0, ...rest] = data
        if (length === 0) this.wanted = rest[0] ?? 0
        else
            for (const byte of rest.slice(0, length))
                if (byte === NEWLINE) this.take()
                else this.request.push(byte)
        return true
    }

    read(size: number): Uint8Array {
        const sent = this.answer.subarray(0, this.wanted)
        this.answer = this.answer.subarray(sent.length)
        this.wanted = 0
        const bytes = new Uint8Array(size)
        const room = Math.max(0, size - HEADER_BYTES)
        bytes.set([Math.min(this.answer.length, MAX_CHUNK), sent.length].slice(0, size))
        bytes.set(sent.subarray(0, room), Math.min(HEADER_BYTES, size))
        return bytes
    }

    private take(): void {
        const text = new TextDecoder().decode(Uint8Array.from(this.request))
        this.request = []
        this.answer = new TextEncoder().encode(`${JSON.stringify(this.answerTo(text))}\r\n`)
    }

    private answerTo(text: string): object {
        let request: { req?: unknown }
        try {
            request = JSON.parse(text) as typeof request
        } catch {
            return { err: "cannot interpret JSON" }
        }
        return request.req === "note.add" ? { total: ++this.notes } : {}
    }
}
