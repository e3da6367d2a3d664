import { framesOf } from "../../analysis/profile/profile-frames"
import { formatBytes, formatCount, formatDuration } from "../../base/format-units"
import type { Metric } from "../../documents/cost"
import type { ProfileReport } from "../../documents/profile-report"
import { ranMs } from "../../documents/sim-report"
import { renderFlameGraph } from "./flame-graph"

const METRIC_WORDS: Record<Metric, string> = {
    allocated: "Bytes allocated",
    live: "Live bytes at the end",
    count: "Allocations",
    temporary: "Temporary bytes",
}

/** A profile as a flame graph: the width of a frame is what was allocated in it and in what it called. */
export function drawFlameGraph(profile: ProfileReport, by: Metric): string {
    const { program, board, tree, live } = profile
    const isAtPeak = by === "live" && live === "at-peak"
    return renderFlameGraph(framesOf(tree, by), {
        title: `${isAtPeak ? "Live bytes when most was live" : METRIC_WORDS[by]} by call path`,
        subtitle: `${program.entry} on ${board.id}, ${formatDuration(ranMs(profile))} simulated`,
        format: value =>
            by === "count" ? `${formatCount(value)} allocations` : formatBytes(value),
    })
}
