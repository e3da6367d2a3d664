import type { DisplaysEvent } from "../../model/events"
import { tellShown, type Shown } from "../../model/shown"
import type { World } from "./world"

/** What has displays and strips of LEDs. */
type Showing = Pick<World, "screens" | "strips">

/** Everything in a world that shows something, as it is now: displays in the order they were found, then strips. */
export function shownIn(world: Showing): Shown[] {
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

/** Tells what a world shows whenever that has changed. */
export class ShownTeller {
    private last: Shown[] = []

    constructor(private readonly world: Showing) {}

    /** What is shown now; undefined when that was told already. */
    news(atMs: number): DisplaysEvent | undefined {
        const shown = shownIn(this.world)
        const isNew =
            shown.length !== this.last.length ||
            shown.some((one, index) => !isSame(one, this.last[index]!))
        this.last = shown
        return isNew ? { kind: "displays", atMs, shown: shown.map(tellShown) } : undefined
    }
}

function isSame(one: Shown, other: Shown): boolean {
    const [pixels, others] = [one.picture, other.picture]
    return (
        one.name === other.name &&
        one.text?.join("\n") === other.text?.join("\n") &&
        pixels?.width === others?.width &&
        pixels?.rgb.length === others?.rgb.length &&
        (pixels?.rgb.every((byte, at) => byte === others!.rgb[at]) ?? true)
    )
}
