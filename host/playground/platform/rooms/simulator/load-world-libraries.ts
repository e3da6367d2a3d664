import type { WorldLibraries } from "../../../../simulator/world/libraries/library"
import { fetched } from "../../loaded"

/** A world in which nobody is made up needs none of them. */
export function loadWorldLibraries(): WorldLibraries {
    return {
        jacdac: services => fetched("libraries").jacdac(services),
        mqtt: () => fetched("libraries").mqtt(),
    }
}
