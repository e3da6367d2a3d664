import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A drive that the boot ROM of a board makes of it, to have firmware copied to it. */
export interface BootVolume {
    folder: string
    /** What it says it is: `RPI-RP2`. */
    boardId: string
}

const INFO_FILE = "INFO_UF2.TXT"
const MAX_INFO_BYTES = 4096

/** The drives of boards that are mounted now. @param folders where drives are. Default: this machine's */
export function findBootVolumes(folders = mountedFolders()): BootVolume[] {
    return folders.flatMap(folder => readBootVolume(folder) ?? [])
}

/** The board's drive at a folder, if it is one: it says so in a file of its own (UF2's specification). */
export function readBootVolume(folder: string): BootVolume | undefined {
    try {
        const info = readFileSync(join(folder, INFO_FILE)).subarray(0, MAX_INFO_BYTES)
        const boardId = /^Board-ID:\s*(\S+)\s*$/m.exec(info.toString("latin1"))?.[1]
        return boardId === undefined ? undefined : { folder, boardId }
    } catch {
        return undefined
    }
}

function mountedFolders(): string[] {
    try {
        if (process.platform === "linux") return mountsOf(readFileSync("/proc/self/mounts", "utf8"))
        if (process.platform === "darwin")
            return readdirSync("/Volumes").map(name => join("/Volumes", name))
    } catch {
        return []
    }
    if (process.platform !== "win32") return []
    return Array.from("DEFGHIJKLMNOPQRSTUVWXYZ", letter => `${letter}:\\`)
}

/** Where Linux has drives with DOS's file system, as those of boards have it (`proc_mounts(5)`). */
export function mountsOf(mounts: string): string[] {
    return mounts
        .split("\n")
        .map(line => line.split(" "))
        .filter(([, , type]) => type === "vfat" || type === "msdos")
        .map(([, folder = ""]) =>
            folder.replace(/\\([0-7]{3})/g, (_, code: string) =>
                String.fromCharCode(Number.parseInt(code, 8)),
            ),
        )
}
