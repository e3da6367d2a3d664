import { decodeDcfg, dcfgLength, DcfgError, isDcfg, type DcfgSettings } from "../dcfg"
import type { Board } from "../board"
import { refuse } from "./refuse"

/** What becomes of the board's configuration (`DCFG`) in an image of its firmware. */
export type ConfigurationChange = "put in" | "replaced" | "already there"

/** What is to stand where an image has its board's configuration, or nothing where that is there. */
export interface ConfigurationPatch {
    change: ConfigurationChange
    bytes?: Uint8Array
}

/**
 * The board's configuration for an image of its firmware. One that is there for this very board stays, as
 * released images have it; but a project's own definition may have changed since, so that is always put in.
 * One that is shorter than what it replaces is filled up, so that nothing is left of that.
 * @param found what stands there, as far as there may be a configuration
 * @param name of the file, for messages
 * @throws UserError when something else stands there, or it has no room
 */
export function configurationFor(
    board: Pick<Board, "id" | "productId" | "definedBy" | "configuration">,
    found: Uint8Array,
    name: string,
): ConfigurationPatch {
    const { configuration } = board
    if (configuration.length > found.length)
        throw refuse(
            name,
            `the configuration of ${board.id} has ${configuration.length} bytes, and there is room for ${found.length}`,
        )
    if (!isDcfg(found)) {
        if (found.subarray(0, configuration.length).some(byte => byte !== 0 && byte !== 0xff))
            throw refuse(name, "it has something else where the board's configuration belongs")
        return { change: "put in", bytes: configuration }
    }
    const length = dcfgLength(found)
    if (length > found.length) throw refuse(name, "the configuration in it is cut off")
    const is = settingsOf(found)
    const isOwn = is?.get("productId") === board.productId && is.get("id") === board.id
    if (isOwn && board.definedBy !== "project") return { change: "already there" }
    const bytes = new Uint8Array(Math.max(length, configuration.length))
    bytes.set(configuration)
    if (bytes.every((byte, index) => byte === found[index])) return { change: "already there" }
    return { change: "replaced", bytes }
}

/** The settings of the configuration at the beginning of these bytes, if that is whole. */
function settingsOf(bytes: Uint8Array): DcfgSettings | undefined {
    try {
        return decodeDcfg(bytes)
    } catch (error) {
        if (error instanceof DcfgError) return undefined
        throw error
    }
}
