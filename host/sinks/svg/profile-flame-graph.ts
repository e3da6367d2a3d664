import type { ChangedFrame } from "../../analysis/profile/changed-frames"
import { framesOf } from "../../analysis/profile/profile-frames"
import { formatBytes, formatCount, formatDuration } from "../../base/format-units"
import type { Metric } from "../../documents/cost"
import type { ProfileDifferenceReport } from "../../documents/profile/profile-difference"
import type { ProfileReport } from "../../documents/profile-report"
import { ranMs } from "../../documents/sim-report"
import { renderFlameDifference } from "./flame-difference"
import { renderFlameGraph } from "./flame-graph"

const METRIC_WORDS: Record<Metric, string> = {
    allocated: "Bytes allocated",
    live: "Live bytes at the end",
    count: "Allocations",
    temporary: "Temporary bytes",
}

/** Two profiles as one differential flame graph. */
export function drawFlameDifference(
    { before, after }: ProfileDifferenceReport,
    frames: ChangedFrame,
    by: Metric,
): string {
    return renderFlameDifference(frames, {
        title: `${METRIC_WORDS[by]} by call path, before and now`,
        subtitle: `${before.name} → ${after.name}, on ${after.board.id}`,
        format: formatOf(by),
    })
}

/** A profile as a flame graph: the width of a frame is what was allocated in it and in what it called. */
export function drawFlameGraph(profile: ProfileReport, by: Metric): string {
    const { program, board, tree, live } = profile
    const isAtPeak = by === "live" && live === "at-peak"
    return renderFlameGraph(framesOf(tree, by), {
        title: `${isAtPeak ? "Live bytes when most was live" : METRIC_WORDS[by]} by call path`,
        subtitle: `${program.entry} on ${board.id}, ${formatDuration(ranMs(profile))} simulated`,
        format: formatOf(by),
    })
}

function formatOf(by: Metric): (value: number) => string {
    return value => (by === "count" ? `${formatCount(value)} allocations` : formatBytes(value))
}
