import { useEffect, useRef } from "preact/hooks"
import { useSignal } from "@preact/signals"
import uPlot from "uplot"
import { formatBytes, formatBytesExact, formatDuration } from "../../base/format-units"
import { capacityFor } from "../../model/heap/heap-memory"
import type { BoardHistory } from "../history/board-history"
import type { SampleColumns } from "../history/sample-columns"
import { collectionAt, drawMoments } from "./chart-moments"
import type { PageState } from "../page-state"
import { Panel } from "./panel"
import { savePicture } from "./save-picture"
import { Term } from "./term"
import { themeColor } from "../theme"

/** What the chart spans back from now, in seconds; 0 for all. */
const SPANS = [
    [0, "all"],
    [600, "10 m"],
    [60, "1 m"],
] as const
const HEIGHT = 240
/** Below the chart, for the times. */
const AXIS_PX = 30
/** No narrower than this, in seconds: below, there is hardly a sample. */
const MIN_SPAN_S = 2

/** The heap over time. A click looks at that moment, everywhere; dragging looks closer. */
export function HeapChart({ state }: { state: PageState }) {
    const place = useRef<HTMLDivElement>(null)
    const chart = useRef<uPlot | undefined>(undefined)
    /** What the last picture of the chart was made of. */
    const drawn = useRef<unknown[]>([])
    const span = useSignal<number>(0)
    /** What somebody has dragged to, in seconds. */
    const zoom = useSignal<readonly [number, number] | undefined>(undefined)
    /** The sample that somebody points at. */
    const pointed = useSignal<number | undefined>(undefined)
    const history = state.history.value
    void state.frame.value
    void state.momentMs.value

    useEffect(() => {
        if (!place.current || !history) return
        const box = place.current
        const made = new uPlot(
            options(box, state, history, { zoom, pointed }),
            dataOf(history),
            box,
        )
        chart.current = made
        drawn.current = []
        const watcher = new ResizeObserver(() =>
            made.setSize({ width: box.clientWidth, height: HEIGHT }),
        )
        watcher.observe(box)
        return () => {
            watcher.disconnect()
            made.destroy()
            chart.current = undefined
        }
    }, [history])

    useEffect(() => {
        const made = chart.current
        if (!made || !history) return
        const [min, max] = zoom.value ?? range(history, span.value)
        const look = [history.samples.version, min, max, state.momentMs.value, state.theme.value]
        // Most pictures of the page have nothing new for the chart.
        if (look.every((part, index) => part === drawn.current[index])) return
        drawn.current = look
        made.setData(dataOf(history), false)
        made.setScale("x", { min, max })
    })

    return (
        <Panel
            title="Heap over time"
            note={
                <>
                    <i class="swatch live" /> <Term name="live" /> <i class="swatch garbage" />{" "}
                    <Term name="garbage" /> <i class="dash" /> <Term name="high-water mark" />{" "}
                    <span class="nowrap">
                        <i class="dash of-live" /> of live bytes
                    </span>{" "}
                    <i class="tick" /> <Term name="collection" />
                    {history?.ghost && (
                        <>
                            {" "}
                            <span class="nowrap">
                                <i class="ghost" /> used in the run before
                            </span>
                        </>
                    )}
                </>
            }
            actions={
                <>
                    {SPANS.map(([seconds, text]) => (
                        <button
                            key={text}
                            type="button"
                            aria-label={seconds === 0 ? "All of it" : `The last ${text}`}
                            aria-pressed={!zoom.value && span.value === seconds}
                            onClick={() => {
                                zoom.value = undefined
                                span.value = seconds
                            }}
                        >
                            {text}
                        </button>
                    ))}
                    <button
                        type="button"
                        aria-label="Save the chart as a PNG"
                        onClick={() =>
                            chart.current &&
                            savePicture(chart.current.ctx.canvas, "heap-over-time.png")
                        }
                    >
                        PNG
                    </button>
                </>
            }
        >
            <div class="chart" ref={place} role="img" aria-label={inWords(state)} />
            <p class="readout">{pointed.value !== undefined && describe(history, pointed.value)}</p>
        </Panel>
    )
}

interface ChartSignals {
    zoom: { value: readonly [number, number] | undefined }
    pointed: { value: number | undefined }
}

function options(
    place: HTMLElement,
    state: PageState,
    history: BoardHistory,
    { zoom, pointed }: ChartSignals,
): uPlot.Options {
    const capacityBytes = capacityFor(history.hello.about.board.heapBytes)
    const pale = () => themeColor("pale")
    const grid = { stroke: () => themeColor("line"), width: 1 }
    return {
        width: place.clientWidth,
        height: HEIGHT,
        // The last time stands half beside its line.
        padding: [10, 26, 0, 0],
        legend: { show: false },
        cursor: {
            y: false,
            drag: { x: true, y: false, setScale: false },
            bind: {
                dblclick: () => () => {
                    zoom.value = undefined
                    return null
                },
            },
        },
        hooks: {
            setSelect: [
                chart => {
                    const { left, width } = chart.select
                    if (width === 0) return
                    const from = chart.posToVal(left, "x")
                    const to = chart.posToVal(left + width, "x")
                    if (to - from > 0) zoom.value = [from, Math.max(to, from + MIN_SPAN_S / 10)]
                    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
                },
            ],
            // What the library binds as a click is one of its legend.
            ready: [
                chart =>
                    chart.over.addEventListener("click", () =>
                        lookAtPlace(state, history, chart, chart.cursor),
                    ),
            ],
            setCursor: [chart => (pointed.value = chart.cursor.idx ?? undefined)],
            draw: [chart => drawMoments(chart, history, state.momentMs.value)],
        },
        scales: { x: { time: false }, y: { range: [0, capacityBytes] } },
        axes: [
            {
                stroke: pale,
                grid,
                ticks: grid,
                values: (_, ticks) => ticks.map(seconds => formatDuration(seconds * 1000)),
                space: 90,
                size: AXIS_PX,
            },
            {
                stroke: pale,
                grid,
                ticks: grid,
                size: 70,
                // Each quarter that is allocated brings a collection.
                splits: () => [0, 1, 2, 3, 4].map(quarter => (quarter / 4) * capacityBytes),
                values: (_, ticks) => ticks.map(formatBytes),
            },
        ],
        series: [
            {},
            {
                label: "used",
                stroke: () => themeColor("garbage"),
                fill: () => `${themeColor("garbage")}88`,
                width: 1,
                points: { show: false },
            },
            {
                label: "live",
                stroke: () => themeColor("live"),
                fill: () => `${themeColor("live")}aa`,
                width: 1,
                points: { show: false },
            },
            {
                label: "high-water mark",
                stroke: () => themeColor("largest"),
                dash: [6, 4],
                width: 1,
                points: { show: false },
            },
            {
                label: "high-water mark of live bytes",
                stroke: () => themeColor("live"),
                dash: [2, 3],
                width: 1,
                points: { show: false },
            },
            {
                label: "used in the run before",
                stroke: () => `${themeColor("pale")}aa`,
                width: 1,
                points: { show: false },
            },
        ],
    }
}

/** A click on a collection's tick looks at right after that collection, any other at its time. */
function lookAtPlace(
    state: PageState,
    history: BoardHistory,
    chart: uPlot,
    { left = -1, top = -1 }: uPlot.Cursor,
): void {
    if (left < 0) return
    const collection = collectionAt(chart, history, left, top)
    if (collection) state.lookAtCollection(collection)
    else state.lookAt(chart.posToVal(left, "x") * 1000)
}

function dataOf({ samples, ghost }: BoardHistory): uPlot.AlignedData {
    const { length } = samples
    return [
        samples.atSeconds.subarray(0, length),
        samples.usedBytes.subarray(0, length),
        samples.liveBytes.subarray(0, length),
        samples.highWaterBytes.subarray(0, length),
        samples.highWaterLiveBytes.subarray(0, length),
        ghost ? ghostOf(ghost, samples.atMs.subarray(0, length)) : [],
    ]
}

/** What the run before had in use at the same times. */
function ghostOf(ghost: SampleColumns, atMs: Float64Array): (number | null)[] {
    const lastMs = ghost.atMs[ghost.length - 1] ?? 0
    let at = 0
    return Array.from(atMs, ms => {
        while (at + 1 < ghost.length && ghost.atMs[at + 1]! <= ms) at++
        return ms <= lastMs ? ghost.usedBytes[at]! : null
    })
}

function range({ samples }: BoardHistory, span: number): [number, number] {
    const to = Math.max(samples.atSeconds[samples.length - 1] ?? 0, MIN_SPAN_S)
    const first = samples.length > 0 ? samples.atMs[0]! / 1000 : 0
    return [Math.min(span === 0 ? first : Math.max(first, to - span), to - MIN_SPAN_S), to]
}

/** The chart for who cannot see it: what it shows at the moment that is looked at, and the most. */
function inWords({ history, momentMs }: PageState): string {
    const samples = history.value?.samples
    return describe(history.value, samples?.indexAt(momentMs.value ?? Infinity) ?? -1)
}

function describe(history: BoardHistory | undefined, at: number): string {
    const samples = history?.samples
    if (!samples || at < 0 || at >= samples.length) return "no samples yet"
    return `at ${formatDuration(samples.atMs[at]!)} ${formatBytesExact(samples.liveBytes[at]!)} live of ${formatBytesExact(samples.usedBytes[at]!)} used; ${formatBytesExact(samples.highWaterBytes[at]!)} used at most up to there, ${formatBytesExact(samples.highWaterLiveBytes[at]!)} live`
}
