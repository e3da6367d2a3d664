import type { LedStrips } from "../../door"

/** A strip of LEDs at a pin, with the colours that it shows. */
export interface Strip {
    pin: number
    /** Three bytes a LED, red, green and blue. */
    rgb: Uint8Array
    /** Times it was sent colours. */
    sent: number
}

/** Bytes a LED of an APA102, the first of them with its three highest bits set. */
const FRAME_WORD = 4
const LED_MARK = 0xe0

/** Strips of WS2812B, which take green first. */
export class StripsWorld implements LedStrips {
    private readonly strips = new Map<number, Strip>()

    send(pin: number, data: Uint8Array): void {
        const rgb = data.slice()
        for (let i = 0; i + 2 < rgb.length; i += 3) {
            rgb[i] = data[i + 1]!
            rgb[i + 1] = data[i]!
        }
        this.show(pin, rgb)
    }

    /**
     * An APA102 or SK9822, which take their colours over SPI: four bytes of zeros, then four bytes a LED.
     * @param pin where the data goes out
     * @returns whether the bytes are such a frame
     */
    sendFrame(pin: number, data: Uint8Array): boolean {
        const isFrame =
            data.length >= 3 * FRAME_WORD &&
            data.length % FRAME_WORD === 0 &&
            data.subarray(0, FRAME_WORD).every(byte => byte === 0) &&
            data[FRAME_WORD]! >= LED_MARK
        if (!isFrame) return false
        const rgb: number[] = []
        for (let at = FRAME_WORD; at < data.length && data[at]! >= LED_MARK; at += FRAME_WORD)
            rgb.push(data[at + 3]!, data[at + 2]!, data[at + 1]!)
        this.show(pin, Uint8Array.from(rgb))
        return true
    }

    private show(pin: number, rgb: Uint8Array): void {
        this.strips.set(pin, { pin, rgb, sent: (this.strips.get(pin)?.sent ?? 0) + 1 })
    }

    all(): Strip[] {
        return [...this.strips.values()]
    }
}
