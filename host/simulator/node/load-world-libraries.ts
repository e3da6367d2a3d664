import { join } from "node:path"
import { packageRoot } from "../../base/node/package-root"
import { requireKept } from "../../compiler/node/kept-code"
import type { WorldLibraries } from "../world/libraries/library"
import { SharedJacdacs, type EvaluateJacdac, type Jacdac } from "../world/libraries/shared-jacdac"
import type { WorldGlobals } from "../world/libraries/world-globals"

/** Read once, for any number of worlds. */
const libraries = new Map<string, unknown>()
const jacdacs = new SharedJacdacs(evaluateJacdac)

/** The world's libraries as the installation bundled them; each is read when it is first asked for. */
export function loadWorldLibraries(): WorldLibraries {
    return {
        jacdac: services => jacdacs.for(services),
        mqtt: () => (library("mqtt") as WorldLibraries["mqtt"])(),
    }
}

/** jacdac-ts with globals of its own: worlds share what is evaluated already, which has done more of its work. */
export function evaluateJacdac(globals: WorldGlobals): Jacdac {
    return (library("jacdac") as EvaluateJacdac)(globals)
}

function library(name: "jacdac" | "mqtt"): unknown {
    if (!libraries.has(name))
        libraries.set(
            name,
            requireKept(join(packageRoot(), "dist", "world", `${name}.cjs`), "world"),
        )
    return libraries.get(name)
}
