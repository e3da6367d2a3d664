import type { ESPLoader } from "esptool-js"
import { md5 } from "@noble/hashes/legacy.js"
import { UserError } from "../../base/errors"
import { formatBytesExact, formatPercent } from "../../base/format-units"
import { asSentence } from "./as-sentence"
import { toHex } from "../../base/hex"
import { sleep } from "../../base/pause"
import { unlessAborted } from "../../base/unless-aborted"
import type { Board } from "../../boards/board"
import { nameOfChip } from "../../boards/images/esp-image"
import type { Firmware } from "../../boards/images/firmware"
import { openLoader } from "./esp-loader"
import { usbIdOf, type SerialDevice } from "./serial-device"

export interface FlashEspOptions {
    board: Board
    firmware: Firmware
    /** How people call the port. */
    address: string
    signal?: AbortSignal
    /** What is being done, and how much of it is done: 0 to 1. */
    onProgress?: (step: EspStep, part: number) => void
    /** Looks at the chip and writes nothing. */
    dryRun?: boolean
}

export type EspStep = "connecting" | "erasing" | "writing" | "verifying" | "restarting"

/** What was found, and done. */
export interface EspFlashed {
    /** `ESP32-C3` */
    chip: string
    /** What its flash chip says that it has. */
    flashBytes: number
    /** The chip has worked out a sum of what it has, and that is right. */
    verified: boolean
    /** Its control lines have it start what was written; else its button has to. */
    restarted: boolean
}

/** Times of a chip's reset, in milliseconds: as long as its capacitor takes. */
const RESET_MS = 100
/** How often a chip is asked, each time twice as it could be reset. */
const ATTEMPTS = 4
/** Speed behind a UART bridge once the loader runs, in bits a second; every one of the bridges can do it. */
const FAST_BAUD = 460_800

/**
 * Writes firmware to an ESP32 through the loader in its boot ROM: enters it, checks that the chip and its flash
 * are those of the board, and only then writes, has the chip verify what it got, and restarts it.
 * @throws UserError that says what the board has now, and what to do
 */
export async function flashEsp(
    device: SerialDevice,
    options: FlashEspOptions,
): Promise<EspFlashed> {
    const flashing = new Flashing(device, options)
    return flashing.run()
}

class Flashing {
    private step: EspStep = "connecting"
    private part = 0
    private readonly lost = new AbortController()

    constructor(
        private readonly device: SerialDevice,
        private readonly options: FlashEspOptions,
    ) {}

    async run(): Promise<EspFlashed> {
        const { signal } = this.options
        const stop = this.device.whenLost(() =>
            this.lost.abort(new Error("the port went away: was the cable pulled?")),
        )
        const ends = AbortSignal.any([this.lost.signal, ...(signal ? [signal] : [])])
        let loader: ESPLoader | undefined
        try {
            loader = await openLoader(this.device, {
                baud: this.isBridge ? FAST_BAUD : undefined,
            })
            return await unlessAborted(this.flash(loader), ends)
        } catch (error) {
            if (error instanceof UserError) throw error
            throw this.brokenOff(signal?.aborted ? "it was interrupted" : reasonOf(error))
        } finally {
            stop()
            await close(loader, this.device)
        }
    }

    private async flash(loader: ESPLoader): Promise<EspFlashed> {
        const { board, firmware, dryRun = false } = this.options
        this.tell("connecting", 0)
        await this.enter(loader)
        const chip = this.checkChip(loader)
        const flashBytes = await this.prepare(loader)
        if (dryRun) {
            const restarted = await this.restart()
            return { chip, flashBytes, verified: false, restarted }
        }
        if (firmware.storage === "erased") {
            this.tell("erasing", 0)
            await loader.eraseFlash()
        }
        this.tell("writing", 0)
        await loader.writeFlash({
            fileArray: [{ data: firmware.file, address: firmware.address }],
            ...{ flashMode: "keep", flashFreq: "keep", flashSize: "keep" },
            ...{ eraseAll: false, compress: true },
            reportProgress: (_, written, total) => this.tell("writing", written / total),
        })
        this.tell("verifying", 0)
        const { address, file } = firmware
        const sum = await loader.flashMd5sum(address, file.length)
        if (sum !== toHex(md5(file)))
            throw new UserError(
                "E_FLASH",
                `The ${board.name} at ${this.options.address} has something else in its flash than was written to it: it is not to be trusted. Flash it again; if that comes again, its flash is worn out or the cable is bad.`,
            )
        this.tell("restarting", 0)
        const restarted = await this.restart()
        return { chip, flashBytes, verified: true, restarted }
    }

    /** Into the boot ROM by the control lines; where there are none, it has to be there already. */
    private async enter(loader: ESPLoader): Promise<void> {
        try {
            await loader.detectChip("default_reset", ATTEMPTS)
        } catch (error) {
            if (this.lost.signal.aborted) throw error
            const { board, address } = this.options
            throw new UserError(
                "E_BOOT_MODE",
                `No boot ROM answers at ${address}: the board is not in its boot mode. Nothing was written. ${board.firmware.bootMode.enter.join(" ")} Then flash again.`,
            )
        }
    }

    private checkChip({ chip }: ESPLoader): string {
        const { board, address } = this.options
        const { target } = board.firmware.image
        const name = chip.CHIP_NAME
        const id: unknown = "IMAGE_CHIP_ID" in chip ? chip.IMAGE_CHIP_ID : undefined
        if (id === target) return name
        throw new UserError(
            "E_BOOT_MODE",
            `The chip at ${address} is an ${name}, and a ${board.name} has an ${nameOfChip(target)}. Nothing was written. Take another board's id: \`heapscope boards\` lists them by chip.`,
        )
    }

    /** Has the loader run in the chip's RAM, at the speed that is wanted. @returns the flash that there is, in bytes */
    private async prepare(loader: ESPLoader): Promise<number> {
        const { board, firmware, address } = this.options
        if (loader.secureDownloadMode)
            throw new UserError(
                "E_BOOT_MODE",
                `The chip at ${address} is locked (secure download mode): it takes firmware from its maker alone. Nothing was written.`,
            )
        if ("postConnect" in loader.chip && loader.chip.postConnect)
            await loader.chip.postConnect(loader)
        await loader.runStub()
        if (this.isBridge) await loader.changeBaud()
        const id = await loader.readFlashId()
        const flashBytes = 2 ** ((id >> 16) & 0xff)
        if (!Number.isSafeInteger(flashBytes) || flashBytes < 1 << 18 || flashBytes > 1 << 28)
            throw new UserError(
                "E_BOOT_MODE",
                `The chip at ${address} does not find its flash (it answers 0x${id.toString(16)}). Nothing was written. Unplug what is connected to its pins, and try again.`,
            )
        const { storageOffset } = board.firmware.image
        const storageEnd = storageOffset + board.storageFlashBytes
        const needed = Math.max(storageEnd, firmware.address + firmware.file.length)
        if (flashBytes < needed)
            throw new UserError(
                "E_FIRMWARE",
                `The flash at ${address} has ${formatBytesExact(flashBytes)}, and the firmware of a ${board.name} needs ${formatBytesExact(needed)}. Nothing was written.`,
            )
        return flashBytes
    }

    /** @returns whether it was restarted: firmware that drives the chip's own USB cannot be, nor can a port without lines */
    private async restart(): Promise<boolean> {
        const { board } = this.options
        const { bootMode, running } = board.firmware.usb
        const id = usbIdOf(this.device)
        // Such a chip has one port in its boot ROM and another in its firmware.
        if (!bootMode.some(usb => running.includes(usb)) || id === undefined) return false
        await this.device.setSignals({ dataTerminalReady: false, requestToSend: true })
        await sleep(RESET_MS)
        await this.device.setSignals({ dataTerminalReady: false, requestToSend: false })
        return true
    }

    /** Behind a bridge the speed matters. */
    private get isBridge(): boolean {
        return this.options.board.firmware.serial.baud !== null
    }

    private tell(step: EspStep, part: number): void {
        this.step = step
        this.part = part
        this.options.onProgress?.(step, part)
    }

    private brokenOff(why: string): UserError {
        const { board, address } = this.options
        const { step, part } = this
        const again = `${board.firmware.bootMode.enter.join(" ")} Then flash again.`
        const of = `Flashing the ${board.name} at ${address} broke off: ${asSentence(why)}`
        if (step === "connecting")
            return new UserError(
                "E_FLASH",
                `${of} Nothing was written: the board is as it was. Plug it in again. ${again}`,
            )
        if (step === "erasing" || step === "writing") {
            const done =
                step === "erasing"
                    ? "It was being erased: there is nothing on it that is whole."
                    : `${formatPercent(part)} was written: it has no whole firmware now, and starts nothing.`
            return new UserError(
                "E_FLASH",
                `${of} ${done} That does it no harm: its boot ROM is part of the chip. Plug it in again. ${again}`,
            )
        }
        if (step === "verifying")
            return new UserError(
                "E_FLASH",
                `${of} All was written, and not verified: it may start, or not. Plug it in again; to be sure, flash again.`,
            )
        return new UserError(
            "E_FLASH",
            `${of} All was written and verified. Plug it in again: it starts by itself.`,
        )
    }
}

async function close(loader: ESPLoader | undefined, device: SerialDevice): Promise<void> {
    try {
        if (loader) await Promise.race([loader.transport.disconnect(), sleep(500)])
        else await device.close()
    } catch {
        // A device that is gone has nothing to close.
    }
}

function reasonOf(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error)
    return message.replace(/\.\s*$/, "").replace(/^./, first => first.toLowerCase())
}
