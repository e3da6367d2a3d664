import type { LedStrips } from "../../door"

/** A strip of LEDs at a pin, with the colours that it shows. */
export interface Strip {
    pin: number
    /** Three bytes a LED, red, green and blue. */
    rgb: Uint8Array
    /** Times it was sent colours. */
    sent: number
}

/** Strips of WS2812B, which take green first. */
export class StripsWorld implements LedStrips {
    private readonly strips = new Map<number, Strip>()

    send(pin: number, data: Uint8Array): void {
        const rgb = data.slice()
        for (let i = 0; i + 2 < rgb.length; i += 3) {
            rgb[i] = data[i + 1]!
            rgb[i + 1] = data[i]!
        }
        this.strips.set(pin, { pin, rgb, sent: (this.strips.get(pin)?.sent ?? 0) + 1 })
    }

    all(): Strip[] {
        return [...this.strips.values()]
    }
}
