import { fromHex, toHex } from "../base/hex"

/** What a display shows: three bytes a pixel, red, green and blue, row by row from the top left. */
export interface Picture {
    width: number
    height: number
    rgb: Uint8Array
}

/** What a display or a strip of LEDs shows at a moment. */
export interface Shown {
    /** What it is: `OLED display (SSD1306, SH110x)`, `LED strip at pin 2`. */
    name: string
    kind: "display" | "strip"
    /** Pixels; a strip is one row of them. Undefined for a display of characters, or one never drawn on. */
    picture?: Picture
    /** Lines of a display of characters. */
    text?: string[]
}

/** The same as an event tells it: the picture's bytes as two digits each. */
export interface ToldShown extends Omit<Shown, "picture"> {
    picture?: Omit<Picture, "rgb"> & { rgb: string }
}

/** As an event tells it. */
export function tellShown({ picture, ...shown }: Shown): ToldShown {
    return { ...shown, ...(picture && { picture: { ...picture, rgb: toHex(picture.rgb) } }) }
}

/** As it was told; a picture that has not as many bytes as it says is left out. */
export function shownAsTold({ picture, ...shown }: ToldShown): Shown {
    const rgb = picture && fromHex(picture.rgb)
    const isWhole = rgb?.length === (picture?.width ?? 0) * (picture?.height ?? 0) * 3
    return { ...shown, ...(picture && rgb && isWhole && { picture: { ...picture, rgb } }) }
}
