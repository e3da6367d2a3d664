import { createRequire } from "node:module"
import { join } from "node:path"
import { packageRoot } from "../../base/node/package-root"
import type { WorldLibraries } from "../world/libraries/library"

/** The world's libraries as the installation bundled them; each is read when it is first asked for. */
export function loadWorldLibraries(): WorldLibraries {
    const require = createRequire(join(packageRoot(), "dist", "world", "package.json"))
    return {
        jacdac: globals => (require("./jacdac.cjs") as WorldLibraries["jacdac"])(globals),
        mqtt: () => (require("./mqtt.cjs") as WorldLibraries["mqtt"])(),
    }
}
