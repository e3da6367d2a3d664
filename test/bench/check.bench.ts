import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import { aim, sideBySide, tell } from "./side-by-side"

/** The station on all boards, a simulated hour each, in seconds of real time on two idle cores. */
const GOAL_S = 30
/** As many at once as there are cores, to one after the other. */
const GOAL_RATIO = 0.59

const root = packageRoot()
const check = (...flags: string[]) =>
    execFileSync(
        process.execPath,
        [
            join(root, "dist/cli.js"),
            ...["check", "devs/station/main.ts", "--board", "all", "--for", "1h", "--json"],
            ...flags,
        ],
        { cwd: root, stdio: ["ignore", "ignore", "inherit"], maxBuffer: 1 << 26 },
    )

const seconds: number[] = []
const ratio = await sideBySide(
    { name: "one after the other", run: () => check("--jobs", "1") },
    {
        name: "as many at once as there are cores",
        run: () => {
            const began = performance.now()
            check()
            const ms = performance.now() - began
            seconds.push(ms / 1000)
            return ms
        },
    },
    5,
)
aim("`check` of the station on all boards, 1 h each, in seconds", Math.min(...seconds), GOAL_S)
tell("`check` of the station on all boards: all cores to one", ratio, GOAL_RATIO)
