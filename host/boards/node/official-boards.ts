import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as v from "valibot"
import { packageRoot } from "../../base/node/package-root"
import { ARCHITECTURES } from "../architectures"
import { BoardFileSchema, type BoardFile } from "../board-file"
import type { BoardDefinition } from "../dcfg"

/** Written when heapscope is prepared: the boards that the official compiler knows, by id. */
export const OFFICIAL_BOARDS_FILE = "official-boards.json"

/** A board of the official compiler: what it is, and all that its definition says. */
export interface OfficialBoard {
    file: BoardFile
    definition: BoardDefinition
    /** Where it stands. */
    path: string
}

/**
 * The boards that every program may import as `@dsboard/<id>`, by id: those of chips that we know the
 * memory of. Ours are among them, with figures of their own.
 */
export function officialBoards(): ReadonlyMap<string, OfficialBoard> {
    return (boards ??= readBoards())
}

let boards: ReadonlyMap<string, OfficialBoard> | undefined

function readBoards(): ReadonlyMap<string, OfficialBoard> {
    const path = join(packageRoot(), "dist", OFFICIAL_BOARDS_FILE)
    if (!existsSync(path)) return new Map()
    const definitions = JSON.parse(readFileSync(path, "utf8")) as Record<string, BoardDefinition>
    return new Map(
        Object.entries(definitions)
            .filter(([, { archId }]) => typeof archId === "string" && archId in ARCHITECTURES)
            .map(([id, definition]) => [
                id,
                { file: v.parse(BoardFileSchema, definition), definition, path },
            ]),
    )
}
