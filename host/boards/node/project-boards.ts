import { existsSync, readdirSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { BOARD_FILE_SUFFIX } from "../board-file"
import { boardId } from "./read-board-file"

/** What a folder has that is a DeviceScript project. */
const PROJECT_FILE = "devsconfig.json"

/**
 * The boards that a project defines itself, in its folder `boards/`: the path of each file by the board's
 * id. The project is the one that the folder is in.
 */
export function projectBoards(cwd: string): ReadonlyMap<string, string> {
    for (let folder = resolve(cwd); ; folder = dirname(folder)) {
        if (existsSync(join(folder, PROJECT_FILE))) return boardFiles(join(folder, "boards"))
        if (folder === dirname(folder)) return new Map()
    }
}

/** The board files of a folder, by id and in its order; none of a folder that is not there. */
export function boardFiles(folder: string): Map<string, string> {
    if (!existsSync(folder)) return new Map()
    const names = readdirSync(folder).filter(name => name.endsWith(BOARD_FILE_SUFFIX))
    return new Map(names.sort().map(name => [boardId(name), join(folder, name)]))
}
