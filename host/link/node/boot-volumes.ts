import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { boardIdOf, INFO_FILE, type BootVolume } from "../flash/boot-volume"

/** The drives of boards that are mounted now. @param folders where drives are. Default: this machine's */
export function findBootVolumes(folders = mountedFolders()): BootVolume[] {
    return folders.flatMap(folder => readBootVolume(folder) ?? [])
}

/** The board's drive at a folder, if it is one: it says so in a file of its own (UF2's specification). */
export function readBootVolume(folder: string): BootVolume | undefined {
    try {
        const boardId = boardIdOf(readFileSync(join(folder, INFO_FILE)))
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
