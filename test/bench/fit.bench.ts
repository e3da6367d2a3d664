import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import { aim } from "./side-by-side"

/** An hour of the station and of its twin on all boards, in seconds of real time on two idle cores. */
const GOAL_S = 20

const root = packageRoot()
const began = performance.now()
for (const name of ["main", "wasteful"])
    execFileSync(
        process.execPath,
        [join(root, "dist/cli.js"), "fit", `devs/station/${name}.ts`, "--for", "1h", "--json"],
        { cwd: root, stdio: ["ignore", "ignore", "inherit"], maxBuffer: 1 << 26 },
    )
aim(
    "`fit` of the station and its twin, 12 boards, 1 h each, in seconds",
    (performance.now() - began) / 1000,
    GOAL_S,
)
