import type { Picture } from "./hardware/picture"
import type { World } from "./world"

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

/** Everything in a world that shows something, as it is now: displays in the order they were found, then strips. */
export function shownIn(world: Pick<World, "screens" | "strips">): Shown[] {
    const displays = world.screens().map((screen): Shown => {
        const picture = screen.picture()
        const text = screen.text?.()
        return {
            name: screen.name,
            kind: "display",
            // The display goes on drawing on its own.
            ...(picture && { picture: { ...picture, rgb: picture.rgb.slice() } }),
            ...(text && { text }),
        }
    })
    const strips = world.strips().map(({ pin, rgb }): Shown => ({
        name: `LED strip at pin ${pin}`,
        kind: "strip",
        picture: { width: Math.floor(rgb.length / 3), height: 1, rgb: rgb.slice() },
    }))
    return [...displays, ...strips]
}
