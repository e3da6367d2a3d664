import { useSignal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import { formatBytesExact, formatDuration } from "../../../base/format-units"
import { WAYS, type EachWay, type HeapMoment, type Way } from "../../../documents/lessons-report"
import { isStill } from "../../theme"
import { Term } from "../term"
import {
    areaOf,
    collectionsOf,
    HEIGHT,
    momentAt,
    placeOf,
    scaleOf,
    WIDTH,
    type Scale,
} from "./heap-outline"
import { WAY_WORDS } from "./way-words"

/** How long the longest run is shown. Milliseconds. */
const PLAY_MS = 8000
/** Places of the scrubber. */
const PLACES = 400
const TICK_HEIGHT = 8

/** The heaps of a lesson's programs side by side, as they ran: on one scale, by one clock. */
export function RunningHeaps({ heaps }: { heaps: EachWay<HeapMoment[]> }) {
    const shown = WAYS.flatMap(way => (heaps[way] ? [{ way, heap: heaps[way] }] : []))
    const scale = useMemo(() => scaleOf(shown.map(({ heap }) => heap)), [heaps])
    const isPlaying = useSignal(!isStill())
    const nowMs = useSignal(isPlaying.value ? 0 : scale.ms)
    const isOver = nowMs.value >= scale.ms

    useEffect(() => {
        if (!isPlaying.value) return
        let last = performance.now()
        let frame = requestAnimationFrame(function play(now) {
            const passed = (Math.max(0, now - last) / PLAY_MS) * scale.ms
            last = now
            nowMs.value = Math.min(scale.ms, nowMs.value + passed)
            if (nowMs.value >= scale.ms) isPlaying.value = false
            else frame = requestAnimationFrame(play)
        })
        return () => cancelAnimationFrame(frame)
    }, [isPlaying.value])

    return (
        <div class="heaps">
            <p class="note">
                <i class="swatch live" /> <Term name="live" /> <i class="swatch garbage" />{" "}
                <Term name="garbage" /> <i class="tick" /> <Term name="collection" />; the same
                scale for all, up to {formatBytesExact(scale.bytes)} above what was live before
            </p>
            <div class="sides">
                {shown.map(({ way, heap }) => (
                    <RunningHeap
                        key={way}
                        way={way}
                        heap={heap}
                        scale={scale}
                        nowMs={nowMs.value}
                    />
                ))}
            </div>
            <div class="clock">
                <button
                    type="button"
                    onClick={() => {
                        if (isOver) nowMs.value = 0
                        isPlaying.value = !isPlaying.value
                    }}
                >
                    {isPlaying.value ? "Pause" : isOver ? "Play again" : "Play"}
                </button>
                <input
                    class="scrubber"
                    type="range"
                    min={0}
                    max={PLACES}
                    value={Math.round((nowMs.value / scale.ms) * PLACES)}
                    aria-label="The moment of these runs"
                    aria-valuetext={formatDuration(nowMs.value)}
                    onInput={({ currentTarget: { value } }) => {
                        isPlaying.value = false
                        nowMs.value = (scale.ms * Number(value)) / PLACES
                    }}
                />
            </div>
        </div>
    )
}

interface RunningHeapProps {
    way: Way
    heap: readonly HeapMoment[]
    scale: Scale
    nowMs: number
}

function RunningHeap({ way, heap, scale, nowMs }: RunningHeapProps) {
    const used = useMemo(() => areaOf(heap, "usedBytes", scale), [heap, scale])
    const live = useMemo(() => areaOf(heap, "liveBytes", scale), [heap, scale])
    const ticks = useMemo(
        () => collectionsOf(heap).map(({ atMs }) => placeOf(atMs, scale)),
        [heap, scale],
    )
    const end = heap.at(-1)!
    const now = placeOf(nowMs, scale)
    const most = Math.max(...heap.map(({ usedBytes }) => usedBytes))
    return (
        <figure>
            <figcaption>{WAY_WORDS[way]}</figcaption>
            <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={`${WAY_WORDS[way]}, ${formatBytesExact(most)} in use at most; at the end, ${inWords(end, end.atMs)}`}
            >
                <path class="used" d={used} />
                <path class="live" d={live} />
                {ticks.map(x => (
                    <line key={x} x1={x} x2={x} y1={HEIGHT - TICK_HEIGHT} y2={HEIGHT} />
                ))}
                <rect class="ahead" x={now} width={Math.max(0, WIDTH - now)} height={HEIGHT} />
                <line x1={now} x2={now} y1={0} y2={HEIGHT} />
            </svg>
            <p class="readout">
                {nowMs >= end.atMs ? "Ended " : ""}
                {inWords(momentAt(heap, nowMs), Math.min(nowMs, end.atMs))}
            </p>
        </figure>
    )
}

function inWords({ usedBytes, liveBytes, collections }: HeapMoment, atMs: number): string {
    const times = collections === 1 ? "1 collection" : `${collections} collections`
    return `at ${formatDuration(atMs)}: ${formatBytesExact(liveBytes)} live, ${formatBytesExact(usedBytes - liveBytes)} garbage, ${times}`
}
