import type { Advice } from "../documents/advice"
import type { CompareRecordingsReport } from "../documents/compare-recordings-report"
import type { CompareReport } from "../documents/compare-report"
import type { Metric, Order } from "../documents/cost"
import type { DiffReport } from "../documents/diff-report"
import type { GenerateReport } from "../documents/layout/generate-report"
import type { LayoutReport } from "../documents/layout/layout-report"
import type { ProfileDifferenceReport } from "../documents/profile/profile-difference"
import type { ProfileReport } from "../documents/profile-report"
import type { Sample, SimReport } from "../documents/sim-report"
import type { SweepReport } from "../documents/sweep-report"
import type { WorstReport } from "../documents/scenario/worst-report"
import type { HistoryRow } from "../analysis/snapshot/heap-history"
import type { SnapshotView } from "../analysis/snapshot/snapshot-view"
import type { ChangedFrame } from "../analysis/profile/changed-frames"
import type { TracedAllocation } from "../analysis/profile/traced-allocations"
import { framesOf } from "../analysis/profile/profile-frames"
import { toJson } from "../base/json"
import { toChromeHeapSnapshot } from "./files/chrome-heap-snapshot"
import { toDhat } from "./files/dhat"
import { toFoldedDifference, toFoldedStacks } from "./files/folded-stacks"
import { toHeapProfile } from "./files/heap-profile"
import { toLcov } from "./files/lcov"
import { toPprof } from "./files/pprof"
import { toTrace } from "./files/trace-events"
import type { ReportKind } from "./report-kind"
import { drawFlameDifference, drawFlameGraph } from "./svg/profile-flame-graph"
import { drawLayout } from "./svg/layout-picture"
import { renderHeapHistory } from "./svg/heap-history-svg"
import { renderHeapMap } from "./svg/heap-map-svg"
import { drawReport } from "./svg/report-picture"
import { drawSweep } from "./svg/sweep-chart"
import { renderCompareReport, type CompareSamples } from "./terminal/compare-terminal"
import { renderDiff } from "./terminal/diff-terminal"
import { renderGenerate } from "./terminal/layout/generate-terminal"
import { renderLayout } from "./terminal/layout/layout-terminal"
import { renderProfile, type ProfileView } from "./terminal/profile/profile-terminal"
import { renderProfileDifference } from "./terminal/profile/profile-difference-terminal"
import { renderRecordings } from "./terminal/recordings-terminal"
import { renderSimReport, type SimReportExtras } from "./terminal/sim-terminal"
import { renderSweep } from "./terminal/sweep-terminal"
import { renderWorst } from "./terminal/scenario/worst-terminal"
import { renderSnapshot } from "./terminal/snapshot-terminal"
import type { Style } from "./terminal/text/style"

/** All that shows or keeps what a command found out: a table a command. A new way is one line here. */

/** What `sim` found. */
export interface FoundBySim {
    report: SimReport
    extras: SimReportExtras
}

export const SIM_REPORTS: ReportKind<FoundBySim>[] = [
    {
        flag: "--out <file>",
        text: "write the JSON report to a file too",
        render: ({ report }) => document(report, 2),
    },
    {
        flag: "--svg <file>",
        text: "write the report as a picture of a terminal",
        render: ({ report, extras }) => drawReport(report, extras),
    },
    json(({ report }) => report),
    printed(({ report, extras }, style) => renderSimReport(report, extras, style)),
]

export const SWEEP_REPORTS: ReportKind<SweepReport>[] = [
    {
        flag: "--out <file>",
        text: "write the JSON report to a file too",
        render: report => document(report, 2),
    },
    {
        flag: "--svg <file>",
        text: "write it as a chart: bytes and board time over the number, and where each board dies",
        render: drawSweep,
    },
    json(report => report),
    printed(renderSweep),
]

export const WORST_REPORTS: ReportKind<WorstReport>[] = [
    {
        flag: "--out <file>",
        text: "write the JSON report to a file too",
        render: report => document(report, 2),
    },
    json(report => report),
    printed(renderWorst),
]

/** What `profile` found. */
export interface FoundByProfile {
    profile: ProfileReport
    view: ProfileView
    /** What frames of a picture are sized by. */
    drawnBy: Metric
    samples: readonly Sample[]
    allocations: readonly TracedAllocation[]
}

export const PROFILE_REPORTS: ReportKind<FoundByProfile>[] = [
    {
        flag: "--heapprofile <file>",
        text: "write a profile for Chrome's DevTools and speedscope",
        render: ({ profile, drawnBy }) => document(toHeapProfile(framesOf(profile.tree, drawnBy))),
    },
    {
        flag: "--folded <file>",
        text: "write folded stacks, as flamegraph.pl reads them",
        render: ({ profile, drawnBy }) => toFoldedStacks(framesOf(profile.tree, drawnBy)),
    },
    {
        flag: "--flame <file>",
        text: "write a flame graph as an SVG picture",
        render: ({ profile, drawnBy }) => drawFlameGraph(profile, drawnBy),
    },
    {
        flag: "--pprof <file>",
        text: "write a profile for pprof, as Go's heap profiles are",
        render: ({ profile }) => toPprof(profile),
    },
    {
        flag: "--dhat <file>",
        text: "write a file for DHAT's viewer, dh_view.html of Valgrind",
        render: ({ profile }) => document(toDhat(profile)),
    },
    {
        flag: "--lcov <file>",
        text: "write what lines allocate as coverage is written, for editors' gutters: bytes, or allocations with --by count",
        render: ({ profile, drawnBy }) => toLcov(profile, drawnBy),
    },
    {
        flag: "--trace <file>",
        text: "write a trace for ui.perfetto.dev: the heap, collections, allocations with their calls, and the log over time",
        render: ({ profile: { program, board, total }, view, samples, allocations }) =>
            document(
                toTrace({
                    ...{ name: `${program.entry} on ${board.id}`, samples, log: view.run.log },
                    ...{ allocations, allAllocations: total.allocations },
                }),
            ),
    },
    json(({ profile }) => profile),
    printed(({ profile, view }, style) => renderProfile(profile, view, style)),
]

/** What `profile` found another than in a second profile. */
export interface FoundByProfileDifference {
    report: ProfileDifferenceReport
    /** By the metric that pictures are sized by. */
    frames: ChangedFrame
    drawnBy: Metric
    by: Order
    top: number
}

export const PROFILE_DIFFERENCE_REPORTS: ReportKind<FoundByProfileDifference>[] = [
    {
        flag: "--folded <file>",
        text: "write folded stacks with both values, as flamegraph.pl reads those of difffolded.pl",
        render: ({ frames }) => toFoldedDifference(frames),
    },
    {
        flag: "--flame <file>",
        text: "write a differential flame graph",
        render: ({ report, frames, drawnBy }) => drawFlameDifference(report, frames, drawnBy),
    },
    json(({ report }) => report),
    printed(renderProfileDifference),
]

/** What `snapshot` found. */
export interface FoundBySnapshot {
    view: SnapshotView
    /** Rows of each table. */
    top: number
    /** What else there is to say of the moment. */
    note?: string
    /** When it was asked for. */
    advice?: Advice[]
    /** The heap from the start to this moment, when it was asked for. */
    history?: readonly HistoryRow[]
}

export const SNAPSHOT_REPORTS: ReportKind<FoundBySnapshot>[] = [
    {
        flag: "--out <file>",
        text: "write the snapshot as JSON to a file, which `diff` reads",
        render: ({ view }) => document(view.snapshot),
    },
    {
        flag: "--heapsnapshot <file>",
        text: "write it for Chrome's DevTools",
        render: ({ view }) => document(toChromeHeapSnapshot(view.graph)),
    },
    {
        flag: "--map <file>",
        text: "draw the heap by address as an SVG picture",
        render: ({ view }) => renderHeapMap(view.snapshot),
    },
    {
        flag: "--map-over-time <file>",
        text: "draw the heap by address from the start to this moment as an SVG picture",
        render: ({ view, history = [] }) => renderHeapHistory(history, view.snapshot),
    },
    json(({ view, advice }) => ({ ...view.snapshot, ...(advice && { advice }) }), 1),
    printed(({ view, top, ...besides }, style) => renderSnapshot(view, top, style, besides)),
]

export const COMPARE_REPORTS: ReportKind<{ comparison: CompareReport; samples: CompareSamples }>[] =
    [
        json(({ comparison }) => comparison),
        printed(({ comparison, samples }, style) =>
            renderCompareReport(comparison, samples, style),
        ),
    ]

export const RECORDINGS_REPORTS: ReportKind<CompareRecordingsReport>[] = [
    json(report => report),
    printed(renderRecordings),
]

export const DIFF_REPORTS: ReportKind<{ diff: DiffReport; top: number }>[] = [
    json(({ diff }) => diff),
    printed(({ diff, top }, style) => renderDiff(diff, top, style)),
]

export const LAYOUT_REPORTS: ReportKind<LayoutReport>[] = [
    {
        flag: "--out <file>",
        text: "write the JSON report to a file too",
        render: report => document(report, 2),
    },
    {
        flag: "--svg <file>",
        text: "write it as a picture of a terminal",
        render: drawLayout,
    },
    json(report => report),
    printed(renderLayout),
]

export const GENERATE_REPORTS: ReportKind<GenerateReport>[] = [
    json(report => report),
    printed(renderGenerate),
]

function json<T>(documentOf: (found: T) => unknown, spaces = 2): ReportKind<T> {
    return {
        isWanted: ({ json }) => !!json,
        render: found => document(documentOf(found), spaces),
    }
}

function printed<T>(render: (report: T, style: Style) => string): ReportKind<T> {
    return { render: (found, style) => `${render(found, style)}\n` }
}

function document(value: unknown, spaces?: number): string {
    return toJson(value, spaces) + "\n"
}
