import { BootRom } from "./boot-rom"
import type { RomChip } from "./chips"
import type { SpiFlash } from "./spi-flash"

/** What an ESP32 is doing: its boot ROM takes commands, what is in its flash runs, or there is nothing that can. */
export type EspMode = "boot ROM" | "firmware" | "nothing to start"

export interface EspBoardOptions {
    chip: RomChip
    flash: SpiFlash
    /** Gets bytes for the host. */
    send: (bytes: Uint8Array) => void
    /** Told of each reset, with what the chip does from then on. */
    onReset?: (mode: EspMode) => void
}

const MAGIC = 0xe9

/**
 * An ESP32 at the end of its cable, with the buttons BOOT and RESET, and with the control lines that stand for
 * them: by two transistors as Espressif's boards have them, or as the chip's own USB takes them (esptool
 * documentation, "Boot Mode Selection"; Technical Reference Manual, "USB Serial/JTAG Controller").
 */
export class EspBoard {
    mode: EspMode = "nothing to start"
    private rom: BootRom | undefined
    private holdsBoot = false
    private lines = { dtr: false, rts: false }
    /** The chip's own USB remembers that the next reset is to end in its boot ROM. */
    private isRemembered = false

    constructor(private readonly options: EspBoardOptions) {
        this.reset(false)
    }

    /** Bits a second that the boot ROM was told to go on with. */
    get baud(): number | undefined {
        return this.rom?.baud
    }

    /** Bytes from the host; firmware has an end of the wire of its own. */
    receive(bytes: Uint8Array): void {
        this.rom?.receive(bytes)
    }

    /** The host sets its control lines. */
    setLines(lines: { dtr: boolean; rts: boolean }): void {
        const before = this.lines
        this.lines = lines
        const inReset = ({ dtr, rts }: typeof lines) => rts && !dtr
        const wantsRom = lines.dtr && !lines.rts
        if (this.options.chip.lines === "usb") {
            if (wantsRom) this.isRemembered = true
            if (inReset(lines) && !inReset(before)) {
                this.reset(this.isRemembered)
                this.isRemembered = false
            }
            // Held in reset no longer: what BOOT says when it begins to run decides.
        } else if (inReset(before) && !inReset(lines)) this.reset(wantsRom)
    }

    /** Somebody presses RESET, perhaps with BOOT held down. */
    resetByHand({ boot = false }: { boot?: boolean } = {}): void {
        this.holdsBoot = boot
        this.reset(false)
        this.holdsBoot = false
    }

    private reset(wantsRom: boolean): void {
        const { flash, chip, send, onReset } = this.options
        const inRom = wantsRom || this.holdsBoot
        const starts = flash.bytes[chip.bootAddress] === MAGIC
        this.mode = inRom ? "boot ROM" : starts ? "firmware" : "nothing to start"
        this.rom = inRom
            ? new BootRom({ chip, flash, send, onReboot: () => this.reset(false) })
            : undefined
        if (inRom) this.print("boot:0x0 (DOWNLOAD)\r\nwaiting for download\r\n")
        else if (!starts) this.print("invalid header: 0xffffffff\r\n")
        onReset?.(this.mode)
    }

    private print(text: string): void {
        this.options.send(new TextEncoder().encode(text))
    }
}
