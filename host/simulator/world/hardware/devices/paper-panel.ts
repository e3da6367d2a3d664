import type { Picture } from "../../../../model/shown"
import { blankPicture, setPixel } from "../picture"
import type { FourWirePanel } from "../four-wire-panel"

const COMMAND = { panel: 0x00, refresh: 0x12, write: 0x13 } as const
/** Sizes by the two upper bits of the panel setting: lines, and pixels in each. */
const SIZES = [
    [230, 96],
    [252, 96],
    [296, 128],
    [296, 160],
] as const
const SHIFT_RIGHT = 0x04
const SCAN_UP = 0x08

/** Electronic paper with a UC8151: black and white, and shown when it is refreshed. */
export class PaperPanel implements FourWirePanel {
    readonly name = "e-paper display (UC8151)"
    private current = 0
    private setting = 0
    private memory: number[] = []
    private shown: Picture | undefined

    command(code: number): void {
        this.current = code
        if (code === COMMAND.write) this.memory = []
        else if (code === COMMAND.refresh) this.refresh()
    }

    data(bytes: Uint8Array): void {
        if (this.current === COMMAND.panel) this.setting = bytes[0]!
        else if (this.current === COMMAND.write) for (const byte of bytes) this.memory.push(byte)
    }

    picture(): Picture | undefined {
        return this.shown
    }

    private refresh(): void {
        const [lines, across] = SIZES[this.setting >> 6]!
        // Its drivers set one of the two alone for a picture that is wider than high.
        const isWide = ((this.setting & SHIFT_RIGHT) !== 0) !== ((this.setting & SCAN_UP) !== 0)
        this.shown = isWide ? blankPicture(lines, across) : blankPicture(across, lines)
        for (let line = 0; line < lines; line++)
            for (let at = 0; at < across; at++) {
                const byte = this.memory[line * (across >> 3) + (at >> 3)] ?? 0
                const [x, y] = isWide ? [line, at] : [at, line]
                setPixel(this.shown, x, y, (byte >> (7 - (at & 7))) & 1 ? 255 : 0)
            }
    }
}
