import { once } from "node:events"
import { fstatSync } from "node:fs"
import { UserError } from "../base/errors"
import { reasonOf } from "../base/node/destination"
import { writeToEnd } from "../base/node/write-bytes"
import { printable } from "../base/sanitize"
import { inCharacters } from "../sinks/terminal/text/ascii"

/**
 * Where commands print. Whatever they print, no escape sequence, control character or change of direction
 * gets through but our own colours; and it is written whole, or there is a failure to tell of.
 */
export class ConsoleOutput {
    /** Why not all could be written. */
    failure: UserError | undefined
    /** Whether anything was printed. */
    hasWritten = false
    /** Files and devices are written to at once, which their stream does only in part when they are full. */
    private readonly isFile: boolean
    private readonly keepsColor: boolean
    /** Whoever draws on `terminal` keeps to it, too. */
    readonly isAscii: boolean

    /**
     * @param terminal the stream; a screen that moves its cursor draws on it itself
     * @param name for people
     * @param isAscii print nothing but ASCII
     * @param onFailure told once, when what is printed reaches nobody any more
     */
    constructor(
        readonly terminal: NodeJS.WriteStream & { fd: number },
        name: string,
        {
            isAscii = false,
            onFailure = () => undefined,
        }: { isAscii?: boolean; onFailure?: () => void } = {},
    ) {
        this.isAscii = isAscii
        this.isFile = isFile(terminal)
        const { FORCE_COLOR } = process.env
        this.keepsColor = terminal.isTTY || (!!FORCE_COLOR && FORCE_COLOR !== "0")
        terminal.on("error", (error: NodeJS.ErrnoException) => {
            if (this.failure) return
            this.failure =
                error.code === "EPIPE"
                    ? new UserError("E_WRITE", `${name} was closed: the rest could not be written.`)
                    : new UserError("E_WRITE", `${name} cannot be written: ${reasonOf(error)}`)
            onFailure()
        })
    }

    get isTTY(): boolean {
        return this.terminal.isTTY
    }

    /** Whether lines may be drawn over, as on a screen: some terminals can do no more than print. */
    get canRedraw(): boolean {
        return this.terminal.isTTY && process.env.TERM !== "dumb"
    }

    get columns(): number | undefined {
        return this.terminal.columns
    }

    /** @returns false when it is better to wait until it has `drained` */
    write(text: string): boolean {
        if (this.failure) return true
        this.hasWritten = true
        const safe = inCharacters(printable(text, this.keepsColor), this.isAscii)
        if (!this.isFile) return this.terminal.write(safe)
        try {
            writeToEnd(this.terminal.fd, Buffer.from(safe))
        } catch (error) {
            this.terminal.emit("error", error)
        }
        return true
    }

    /** Resolves when more may be written, or nothing can be any more. */
    async drained(): Promise<void> {
        if (this.failure || !this.terminal.writableNeedDrain) return
        await once(this.terminal, "drain").catch(() => undefined)
    }

    /** Resolves when all that was printed has left. @throws UserError when it could not */
    async flush(): Promise<void> {
        if (!this.isFile && !this.failure)
            await new Promise<void>(done => this.terminal.write("", () => done()))
        if (this.failure) throw this.failure
    }
}

function isFile({ isTTY, fd }: { isTTY: boolean; fd: number }): boolean {
    if (isTTY) return false
    try {
        const stats = fstatSync(fd)
        return stats.isFile() || stats.isCharacterDevice()
    } catch {
        return false
    }
}
