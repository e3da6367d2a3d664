import { join } from "node:path"
import { packageRoot } from "../../base/node/package-root"
import { requireKept } from "../../compiler/node/kept-code"
import type { WorldLibraries } from "../world/libraries/library"

/** Read once, for any number of worlds. */
const libraries = new Map<string, unknown>()

/** The world's libraries as the installation bundled them; each is read when it is first asked for. */
export function loadWorldLibraries(): WorldLibraries {
    return {
        jacdac: globals => (library("jacdac") as WorldLibraries["jacdac"])(globals),
        mqtt: () => (library("mqtt") as WorldLibraries["mqtt"])(),
    }
}

function library(name: "jacdac" | "mqtt"): unknown {
    if (!libraries.has(name))
        libraries.set(
            name,
            requireKept(join(packageRoot(), "dist", "world", `${name}.cjs`), "world"),
        )
    return libraries.get(name)
}
