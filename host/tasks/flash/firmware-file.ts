import { basename, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { readBytes } from "../../base/node/read-file"
import { ARCHITECTURES } from "../../boards/architectures"
import type { Board } from "../../boards/board"
import { officialBoards } from "../../boards/node/official-boards"

/** Firmware as it was found: a file's bytes, and what it is called. */
export interface FirmwareFile {
    /** The path, or the address, that it is from. */
    from: string
    name: string
    bytes: Uint8Array
}

/** No chip that is known has more flash; a UF2 file has twice the bytes. */
const MAX_BYTES = 64 << 20
const TIMEOUT_MS = 60_000

/**
 * The firmware that is to be written: a file, what an address has, or the official release for the board.
 * @param named by whoever asks
 * @throws UserError when it cannot be read or downloaded
 */
export async function readFirmware(
    named: string | undefined,
    board: Board,
    { cwd, signal }: { cwd: string; signal: AbortSignal },
): Promise<FirmwareFile> {
    const from = named ?? releaseOf(board)
    if (/^https?:\/\//i.test(from)) return download(from, signal)
    const bytes = readBytes(resolve(cwd, from), from, MAX_BYTES)
    return { from, name: basename(from), bytes }
}

/**
 * Where the official release for a board is: its own, as its definition has it; for one that has none, that of
 * another board with its chip, into which its configuration is put.
 */
function releaseOf({ id, archId, definition }: Board): string {
    const url = (of: { readonly [key: string]: unknown } | undefined) => {
        const told = of?.["$fwUrl"]
        return typeof told === "string" ? told : undefined
    }
    const official = officialBoards()
    const known =
        url(definition) ??
        url(official.get(id)?.definition) ??
        url(official.get(ARCHITECTURES[archId]!.board)?.definition)
    if (known !== undefined && /^https?:\/\//i.test(known)) return known
    throw new UserError(
        "E_DOWNLOAD",
        `It is not known where the firmware of ${id} is: name a file with --firmware.`,
    )
}

async function download(url: string, signal: AbortSignal): Promise<FirmwareFile> {
    const failed = (why: string) =>
        new UserError(
            "E_DOWNLOAD",
            `${url} cannot be downloaded: ${why}. Download it elsewhere, and name the file with --firmware.`,
        )
    try {
        const ends = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
        const response = await fetch(url, { signal: ends })
        if (!response.ok) throw failed(`the server answers ${response.status}`)
        const parts: Uint8Array[] = []
        let length = 0
        for await (const part of response.body ?? []) {
            const bytes = part as Uint8Array
            length += bytes.length
            if (length > MAX_BYTES) throw failed("it is larger than any firmware")
            parts.push(bytes)
        }
        return { from: url, name: basename(new URL(url).pathname), bytes: Buffer.concat(parts) }
    } catch (error) {
        signal.throwIfAborted()
        if (error instanceof UserError) throw error
        throw failed(reasonOf(error))
    }
}

/** What `fetch` says is in the cause. */
function reasonOf(error: unknown): string {
    const { cause, message, name } = error as Error & {
        cause?: { code?: string; message?: string }
    }
    if (name === "TimeoutError") return `nothing came for ${TIMEOUT_MS / 1000} s`
    if (cause?.code === "ENOTFOUND" || cause?.code === "EAI_AGAIN") return "there is no network"
    return (cause?.message || cause?.code || message).replace(/\.$/, "")
}
