import { signal } from "@preact/signals"
import { HeapscopeError } from "../../base/errors"
import type { Board } from "../../boards/board"
import type { Firmware } from "../../boards/images/firmware"
import { boardOf, type FlashOffer } from "../../link/flash/flash-offer"
import type { EspStep } from "../../link/flash/flash-esp"
import type { CommandOffer, NamedBytes } from "./command-offer"
import { NothingChosenError } from "../../link/web-serial/choose-port"
import { pickDrive, pickPort } from "./pick"
import type { Watched } from "./watch-board"

/** How far it is. */
export type Stage =
    | { kind: "choosing" }
    /** Something is under way; so much of it, 0 to 1, where that is known. */
    | { kind: "working"; text: string; part?: number }
    | { kind: "failed"; text: string }
    /** The board has its firmware: what remains is to see it come up. */
    | { kind: "written"; text: string }
    | { kind: "watching"; watched: Watched }

const STEPS: Readonly<Record<EspStep, string>> = {
    connecting: "Connecting to the boot ROM",
    erasing: "Erasing the flash",
    writing: "Writing",
    verifying: "Having the chip verify what it has",
    restarting: "Restarting the board",
}

/** What is chosen on the page that flashes, and what it does. */
export class FlashState {
    readonly offer = signal<FlashOffer | undefined>(undefined)
    /** Why there is none. */
    readonly problem = signal("")
    readonly board = signal<Board | undefined>(undefined)
    /** Where the firmware is from: the command, or a file that is chosen here. */
    readonly from = signal<"command" | "file">("command")
    readonly erase = signal(false)
    readonly read = signal<NamedBytes | undefined>(undefined)
    /** It was read, checked and made ready. */
    readonly firmware = signal<Firmware | undefined>(undefined)
    /** Why it is not. */
    readonly refusal = signal("")
    readonly isReading = signal(false)
    readonly stage = signal<Stage>({ kind: "choosing" })
    /** Ports are listed whatever is behind them. */
    readonly anyPort = signal(false)
    private stop = new AbortController()
    /** Counts the checks: of those that are under way the last one counts. */
    private checks = 0

    constructor(private readonly command: CommandOffer) {}

    async start(): Promise<void> {
        try {
            const offer = await this.command.offer()
            this.offer.value = offer
            if (offer.board !== undefined) this.choose(offer.board)
        } catch (error) {
            this.problem.value = (error as Error).message
        }
    }

    choose(id: string): void {
        const offered = this.offer.value?.boards.find(board => board.id === id)
        this.board.value = offered && boardOf(offered)
        this.stage.value = { kind: "choosing" }
        // Another board has another official release.
        if (this.from.value === "command") this.read.value = undefined
        void this.check()
        this.readNamed()
    }

    take(from: "command" | "file"): void {
        if (from === this.from.value) return
        this.from.value = from
        this.read.value = undefined
        void this.check()
        this.readNamed()
    }

    setErase(erase: boolean): void {
        this.erase.value = erase
        void this.check()
    }

    /** A file of this computer's. */
    async readFile(file: File): Promise<void> {
        await this.reading(async () => ({
            name: file.name,
            bytes: new Uint8Array(await file.arrayBuffer()),
        }))
    }

    /** What the command has, or downloads. */
    async download(): Promise<void> {
        const id = this.board.value?.id
        if (id !== undefined) await this.reading(() => this.command.firmware(id))
    }

    /** What was named is wanted; a download is to be asked for. */
    private readNamed(): void {
        const isNamed = this.offer.value?.firmware !== undefined
        if (isNamed && this.from.value === "command") void this.download()
    }

    get isBusy(): boolean {
        return this.stage.value.kind === "working"
    }

    /** Puts the firmware on the board, and goes on to watching it. */
    async flash(): Promise<void> {
        const [board, firmware] = [this.board.value, this.firmware.value]
        if (!board || !firmware || this.isBusy) return
        this.stop = new AbortController()
        await this.orWhyNot(() =>
            firmware.format === "uf2"
                ? this.flashDrive(board, firmware)
                : this.flashPort(board, firmware),
        )
    }

    /** Watches the board at a port that is chosen now. */
    async watch(): Promise<void> {
        const board = this.board.value
        if (!board || this.isBusy) return
        const before = this.stage.value
        this.stop = new AbortController()
        await this.orWhyNot(async () => {
            const port = await pickPort(board.firmware.usb.running, this.anyPort.value)
            await this.watchAt(board, port)
        }, before)
    }

    /** Breaks off what is under way. */
    cancel(): void {
        this.stop.abort()
    }

    private async reading(read: () => Promise<NamedBytes>): Promise<void> {
        this.isReading.value = true
        this.refusal.value = ""
        this.firmware.value = undefined
        try {
            this.read.value = await read()
        } catch (error) {
            this.read.value = undefined
            this.refusal.value = (error as Error).message
            return
        } finally {
            this.isReading.value = false
        }
        await this.check()
    }

    /** By the rules of its format and those of the board, whichever of them has changed. */
    private async check(): Promise<void> {
        const [board, read, number] = [this.board.value, this.read.value, ++this.checks]
        this.firmware.value = undefined
        this.refusal.value = ""
        if (!board || !read) return
        const { prepareFirmware } = await import("../../boards/images/prepare-firmware")
        const erase = this.erase.value
        const made = prepareFirmware(read.bytes, { name: read.name, board, erase })
        const outcome = await made.catch((error: Error) => error)
        if (number !== this.checks) return
        if (outcome instanceof Error) this.refusal.value = outcome.message
        else this.firmware.value = outcome
    }

    private async flashDrive(board: Board, firmware: Firmware): Promise<void> {
        const folder = await pickDrive()
        const { writeUf2 } = await import("./write-uf2")
        await writeUf2(folder, {
            ...{ board, firmware, signal: this.stop.signal },
            onProgress: part =>
                this.work(part < 1 ? "Writing" : "Waiting for the board to start", part),
        })
        this.stage.value = {
            kind: "written",
            text: `All was written, and the ${board.name} has left its drive, as it does when it starts.`,
        }
    }

    private async flashPort(board: Board, firmware: Firmware): Promise<void> {
        const port = await pickPort(board.firmware.usb.bootMode, this.anyPort.value)
        this.work("Connecting to the boot ROM")
        const [{ flashEsp }, { WebSerialDevice }, { nameOfPort }] = await Promise.all([
            import("../../link/flash/flash-esp"),
            import("../../link/web-serial/web-serial-device"),
            import("../../link/web-serial/web-serial-port"),
        ])
        const { restarted } = await flashEsp(new WebSerialDevice(port), {
            ...{ board, firmware, address: nameOfPort(port), signal: this.stop.signal },
            onProgress: (step, part) =>
                this.work(STEPS[step], step === "writing" ? part : undefined),
        })
        const done = `The ${board.name} has its firmware, and has verified it.`
        if (restarted) await this.watchAt(board, port, done)
        else
            this.stage.value = { kind: "written", text: `${done} ${board.firmware.bootMode.leave}` }
    }

    /** Waits until the board comes up, and shows it. */
    private async watchAt(board: Board, port: SerialPort, done = ""): Promise<void> {
        this.work("Waiting for the board to come up")
        const watched = await this.watched(board, port).catch((error: Error) => error)
        if (watched instanceof Error)
            this.stage.value = { kind: "written", text: `${done} ${watched.message}`.trim() }
        else if (watched) this.stage.value = { kind: "watching", watched }
        else
            this.stage.value = {
                kind: "written",
                text: `${done} It did not come up on the bus. Press its reset button or plug it in again, then choose its port.`.trim(),
            }
    }

    private async watched(board: Board, port: SerialPort): Promise<Watched | undefined> {
        const [{ watchBoard }, idle] = await Promise.all([
            import("./watch-board"),
            this.command.idleHeaps(),
        ])
        const known = { boards: this.offer.value!.boards, idle }
        return watchBoard(port, board, known, this.stop.signal)
    }

    private work(text: string, part?: number): void {
        this.stage.value = { kind: "working", text, ...(part !== undefined && { part }) }
    }

    private async orWhyNot(work: () => Promise<void>, before?: Stage): Promise<void> {
        try {
            await work()
        } catch (error) {
            if (error instanceof NothingChosenError && before?.kind === "written")
                this.stage.value = before
            else if (error instanceof HeapscopeError || error instanceof NothingChosenError)
                this.stage.value = { kind: "failed", text: error.message }
            else {
                const { name, message } = error as Error
                this.stage.value = { kind: "failed", text: `${name}: ${message}` }
            }
        }
    }
}
