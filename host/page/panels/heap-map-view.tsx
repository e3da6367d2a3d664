import { useSignal } from "@preact/signals"
import { useEffect, useMemo, useRef } from "preact/hooks"
import { formatBytesExact, formatDuration } from "../../base/format-units"
import type { HeapBlock } from "../../model/heap/block"
import { capacityFor } from "../../model/heap/heap-memory"
import { isFilledType, BLOCK_LOOKS } from "../../sinks/block-looks"
import { blockAt, rowBytes } from "./map-layout"
import { BlockOrigin } from "../travel/block-origin"
import { BlockNodes } from "./objects/block-nodes"
import { ObjectFacts } from "./objects/object-facts"
import { MapPainter } from "./map-painter"
import type { PageState } from "../page-state"
import { Panel } from "./panel"
import { savePicture } from "./save-picture"
import { Term } from "./term"

const ROW_PX = 9
/** What fades is painted so often; more pictures a second show no more of it. Milliseconds. */
const FADING_MS = 40

/** The heap by address, at the moment that is looked at. Pointing names a block, a click keeps it. */
export function HeapMapView({ state }: { state: PageState }) {
    const canvas = useRef<HTMLCanvasElement>(null)
    const painter = useRef(new MapPainter())
    const pointed = useSignal<number | undefined>(undefined)
    const chosen = useSignal<number | undefined>(undefined)
    /** Counts the pictures in which something still fades. */
    const fading = useSignal(0)
    const history = state.history.value
    const { momentMs, frame } = state
    void frame.value
    void fading.value
    const ms = momentMs.value
    const capacityBytes = history ? capacityFor(history.hello.about.board.heapBytes) : 0
    const { blocks } = state
    const perRow = rowBytes(capacityBytes)
    const rows = Math.ceil(capacityBytes / perRow)
    const address = pointed.value ?? chosen.value
    const block = address === undefined ? undefined : blockAt(blocks, address)
    const view = state.snapshot.value
    const nodes = useMemo(() => view && new BlockNodes(view), [view])
    const since = block && history?.map.since(ms ?? history.nowMs, block)
    const node = block && nodes?.at(block, since)
    const isPinned = pointed.value === undefined && chosen.value !== undefined
    const pin = (address: number | undefined) => {
        chosen.value = address
        const target = address === undefined ? undefined : blockAt(blocks, address)
        // What is live now can be looked up; of another moment, what the last snapshot knows.
        const isKnown = ms === undefined || state.travel.visit.value !== undefined
        if (target?.live && isKnown && !nodes?.at(target, sinceOf(target))) state.askForSnapshot()
    }
    const sinceOf = (target: HeapBlock) => history?.map.since(ms ?? history.nowMs, target)

    useEffect(() => {
        const place = canvas.current
        if (!place || blocks.length === 0) return
        const width = Math.round(place.clientWidth * devicePixelRatio)
        const height = Math.round(rows * ROW_PX * devicePixelRatio)
        if (place.width !== width) place.width = width
        if (place.height !== height) place.height = height
        painter.current.paint(place, blocks, capacityBytes, {
            chosen: block,
            isNext: ms === undefined,
            collections: history?.collectionCount ?? 0,
        })
        if (!painter.current.isMoving) return
        const next = setTimeout(() => fading.value++, FADING_MS)
        return () => clearTimeout(next)
    })

    if (!history) return null
    if (blocks.length === 0)
        return (
            <Panel title="Heap by address">
                <p class="nothing">{noMap(state)}</p>
            </Panel>
        )
    const addressAt = (event: MouseEvent) => {
        const box = canvas.current!.getBoundingClientRect()
        const row = Math.floor(((event.clientY - box.top) / box.height) * rows)
        return row * perRow + Math.floor(((event.clientX - box.left) / box.width) * perRow)
    }
    const walk = (event: KeyboardEvent) => {
        const at = block ?? blocks[0]!
        const target = {
            ArrowRight: at.address + at.bytes,
            ArrowLeft: at.address - 1,
            ArrowDown: at.address + perRow,
            ArrowUp: at.address - perRow,
        }[event.key]
        if (target === undefined) return
        event.preventDefault()
        event.stopPropagation()
        pointed.value = undefined
        chosen.value = blockAt(blocks, target)?.address ?? at.address
    }
    const press = (event: KeyboardEvent) => {
        if (event.key !== "Enter" || !block) return walk(event)
        event.preventDefault()
        pin(block.address)
    }
    return (
        <Panel
            title="Heap by address"
            note={
                <>
                    a row is {formatBytesExact(perRow)}; <Term name="live" /> in the colour of its
                    kind, <Term name="garbage" /> grey, <Term name="hole">free</Term> as the ground
                </>
            }
            actions={
                <button
                    type="button"
                    aria-label="Save the map as a PNG"
                    onClick={() =>
                        canvas.current && savePicture(canvas.current, "heap-by-address.png")
                    }
                >
                    PNG
                </button>
            }
        >
            <canvas
                ref={canvas}
                class="map"
                style={{ height: `${rows * ROW_PX}px` }}
                tabIndex={0}
                role="application"
                aria-label="Blocks of the heap by address: arrow keys go from block to block"
                onMouseMove={event => (pointed.value = addressAt(event))}
                onMouseLeave={() => (pointed.value = undefined)}
                onClick={event => pin(blockAt(blocks, addressAt(event))?.address)}
                onKeyDown={press}
            />
            <p class="block" role="status">
                {block ? (
                    <>
                        {describe(block)}
                        <Since state={state} sinceMs={since} />
                        {isPinned && <BlockOrigin {...{ state, block }} />}
                        {node && view && (
                            <>
                                : <code>{view.pathOf(node) || node.name}</code> {node.className}
                            </>
                        )}
                    </>
                ) : (
                    "Point at a block to see what it is; a click, or Enter, keeps it and finds what holds it."
                )}
            </p>
            {isPinned && node && view && (
                <ObjectFacts
                    {...{ node, view }}
                    onChoose={id => {
                        state.chosenNode.value = id
                        state.view.value = "objects"
                    }}
                />
            )}
            {isPinned && block && !node && <p class="nothing">{nothingKnown(state, block)}</p>}
        </Panel>
    )
}

/** Since when a block has been there, and the way to that moment. */
function Since({ state, sinceMs }: { state: PageState; sinceMs: number | undefined }) {
    if (sinceMs === undefined) return <>, there since before this page knows</>
    return (
        <>
            , since{" "}
            <button class="link" type="button" onClick={() => state.lookAt(sinceMs)}>
                {formatDuration(sinceMs)}
            </button>
        </>
    )
}

/** Why no object is named. */
function nothingKnown(state: PageState, { type, live }: HeapBlock): string {
    if (type === "free") return "A hole: the next request that fits may take it."
    if (!live) return "Garbage: nothing holds it any more, and the next collection frees it."
    if (state.isLooking.value) return "Looking for what holds it."
    if (!state.can("snapshot")) return "This source cannot be asked what holds it."
    return "No snapshot knows it: take one (o) while it is there."
}

function describe({ address, bytes, type, live }: HeapBlock): string {
    const what = isFilledType(type) ? BLOCK_LOOKS[type].words : "free"
    const state = type === "free" ? "a hole" : live ? "live" : "garbage"
    return `${what}, ${formatBytesExact(bytes)}, ${state}, at +${address.toString(16).padStart(4, "0")}`
}

function noMap(state: PageState): string {
    const history = state.history.value!
    const { fromMs } = history.map
    if (fromMs !== undefined && state.momentMs.value !== undefined)
        return `The map of that moment is not kept: it is known from ${formatDuration(fromMs)} on.`
    if (state.isRealBoard)
        return "A real board does not tell where its blocks are while its program runs: take a snapshot (o) of its objects, or watch the same program on a simulated board."
    if (history.hello.can.includes("visit")) return "The map comes with the first sample."
    return "This source does not tell where blocks are: a simulated board does, and a recording of one."
}
