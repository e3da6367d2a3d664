import { unconnectedWorld } from "../../../../simulator/world/empty-world"
import type { makeWorld as MakeWorld } from "../../../../simulator/world/world"
import { fetched } from "../../loaded"

/** A run whose board has something connected waits until that is there. */
export const makeWorld: typeof MakeWorld = options =>
    options.mode === "none" ? unconnectedWorld(options.seed) : fetched("makeWorld")(options)
