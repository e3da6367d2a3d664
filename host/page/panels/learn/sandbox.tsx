import { useSignal } from "@preact/signals"
import { useRef } from "preact/hooks"
import { ModelHeap, type ModelPart } from "../../../analysis/trend/model-heap"
import { formatBytesExact, formatPercent } from "../../../base/format-units"
import { blockBytes } from "../../../model/heap/object-sizes"
import { Panel } from "../panel"
import { answerHole, askForHole, type HoleQuestion } from "./hole-question"
import { Term } from "../term"

/** So small that every byte of it can be seen. */
const CAPACITY_BYTES = 1024
const ROW_BYTES = 256
/** What it begins with. */
const FIRST = [24, 40, 24, 96, 24, 40, 24, 96, 24, 40, 24, 96]
const MAX_REQUEST = 1000

function emptyHeap(): ModelHeap {
    const hole = { address: 0, bytes: CAPACITY_BYTES, live: false, isFree: true }
    return new ModelHeap([hole], CAPACITY_BYTES)
}

function firstHeap(): ModelHeap {
    const heap = emptyHeap()
    for (const bytes of FIRST) heap.allocate(bytes)
    return heap
}

/** A heap to play with: it places, frees and collects as the VM's own does. */
export function Sandbox() {
    const heap = useRef<ModelHeap>(firstHeap())
    const request = useSignal(96)
    const told = useSignal("Click a block to let go of it; place another, and see where it goes.")
    /** The block that was placed last. */
    const placed = useSignal<number | undefined>(undefined)
    /** What is asked about the holes, until somebody has answered. */
    const question = useSignal<HoleQuestion | undefined>(undefined)
    const questions = useRef(0)
    const turn = useSignal(0)
    void turn.value
    const parts = [...heap.current.all()]
    const free = parts.filter(({ state }) => state === "free").map(({ bytes }) => bytes)
    const freeBytes = free.reduce((sum, bytes) => sum + bytes, 0)
    const largest = Math.max(0, ...free)
    const act = (text: string, block?: number) => {
        told.value = text
        placed.value = block
        turn.value++
    }
    const place = () => {
        const bytes = Math.min(MAX_REQUEST, Math.max(4, Math.round(request.value)))
        const before = heap.current.collections
        const block = heap.current.allocate(bytes)
        const collected =
            heap.current.collections > before
                ? "A quarter of the heap was allocated, or nothing fitted: a collection came first. "
                : ""
        const size = formatBytesExact(blockBytes(bytes))
        if (block !== undefined)
            return act(`${collected}It took the first hole of ${size} or more.`, block)
        act(
            `${collected}No hole has ${size}, though ${formatBytesExact(freeOf(heap.current))} are free: out of memory.`,
        )
    }
    const letGo = ({ block, bytes }: ModelPart) => {
        heap.current.drop(block)
        act(`${formatBytesExact(bytes)} are garbage now: they are used until a collection.`)
    }
    const ask = () => {
        const asked = askForHole(CAPACITY_BYTES, ++questions.current)
        heap.current = asked.heap
        question.value = asked
        const size = formatBytesExact(blockBytes(asked.bytes))
        act(`Which hole takes the next ${size}? Choose it.`)
    }
    const choose = ({ block }: ModelPart) => {
        const { block: taken, text } = answerHole(question.value!, block)
        question.value = undefined
        act(text, taken)
    }
    const everySecond = () => {
        for (const [index, part] of parts.filter(({ state }) => state === "live").entries())
            if (index % 2 === 1) heap.current.drop(part.block)
        heap.current.collect()
        act("Every second block is gone, and the holes between them are small.")
    }
    return (
        <Panel
            title="Play the allocator"
            note={
                <span>
                    <Term name="live" />, striped <Term name="garbage" />, dashed{" "}
                    <Term name="hole">holes</Term>; the rules are the VM's
                </span>
            }
        >
            <div class="plays">
                <label>
                    a request of{" "}
                    <input
                        type="number"
                        min={4}
                        max={MAX_REQUEST}
                        value={request.value}
                        onInput={event => (request.value = Number(event.currentTarget.value))}
                    />{" "}
                    B
                </label>
                <button type="button" onClick={place}>
                    Place it
                </button>
                <button
                    type="button"
                    onClick={() => {
                        heap.current.collect()
                        act("What nothing holds is free, and holes side by side are one.")
                    }}
                >
                    Collect
                </button>
                <button type="button" onClick={everySecond}>
                    Free every second
                </button>
                <button type="button" onClick={ask}>
                    Ask me
                </button>
                <button
                    type="button"
                    onClick={() => {
                        heap.current = firstHeap()
                        question.value = undefined
                        act("From the start.")
                    }}
                >
                    Start again
                </button>
            </div>
            <div class="rows">
                {rowsOf(parts).map((runs, row) => (
                    <div class="heap-row" key={row}>
                        {runs.map(run => (
                            <Run
                                key={run.from}
                                run={run}
                                isNew={run.part.block === placed.value}
                                isAsked={question.value !== undefined}
                                onFree={letGo}
                                onChoose={choose}
                            />
                        ))}
                    </div>
                ))}
            </div>
            <p class="readout" role="status">
                {told.value} {formatBytesExact(freeBytes)} free, the largest hole{" "}
                {formatBytesExact(largest)},{" "}
                {formatPercent(freeBytes > 0 ? 1 - largest / freeBytes : 0)} fragmentation.
            </p>
        </Panel>
    )
}

/** A part of a block in one row. */
interface RowRun {
    part: ModelPart
    from: number
    to: number
    isFirst: boolean
}

interface RunProps {
    run: RowRun
    isNew: boolean
    /** A hole is to be chosen. */
    isAsked: boolean
    onFree: (part: ModelPart) => void
    onChoose: (part: ModelPart) => void
}

function Run({ run: { part, from, to, isFirst }, isNew, isAsked, onFree, onChoose }: RunProps) {
    const isLive = part.state === "live" && !isAsked
    const isChoice = part.state === "free" && isAsked
    const what = part.state === "free" ? "a hole" : part.state
    return (
        <button
            type="button"
            class={`is-${part.state} ${isNew ? "is-new" : ""}`}
            style={{
                left: `${(from / ROW_BYTES) * 100}%`,
                width: `calc(${((to - from) / ROW_BYTES) * 100}% - 2px)`,
            }}
            disabled={!isLive && !isChoice}
            tabIndex={isFirst ? 0 : -1}
            aria-hidden={!isFirst}
            aria-label={`${part.bytes} bytes, ${what}${isLive ? ": let go of it" : isChoice ? ": this one" : ""}`}
            onClick={() => (isChoice ? onChoose(part) : onFree(part))}
        >
            {isFirst && to - from >= 20 ? part.bytes : ""}
        </button>
    )
}

function rowsOf(parts: readonly ModelPart[]): RowRun[][] {
    const rows: RowRun[][] = Array.from({ length: CAPACITY_BYTES / ROW_BYTES }, () => [])
    let at = 0
    for (const part of parts) {
        const end = at + part.bytes
        for (let start = at; start < end;) {
            const row = Math.floor(start / ROW_BYTES)
            const stop = Math.min(end, (row + 1) * ROW_BYTES)
            rows[row]?.push({
                ...{ part, isFirst: start === at },
                from: start - row * ROW_BYTES,
                to: stop - row * ROW_BYTES,
            })
            start = stop
        }
        at = end
    }
    return rows
}

function freeOf(heap: ModelHeap): number {
    let sum = 0
    for (const { state, bytes } of heap.all()) if (state === "free") sum += bytes
    return sum
}
