import { useSignal, type Signal } from "@preact/signals"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { formatBytesExact, formatCount } from "../../../base/format-units"
import type { GraphNode } from "../../../model/graph/graph"
import type { PageState } from "../../page-state"
import { Icon } from "../icon"
import { Term } from "../term"
import type { HeldTree } from "./held-tree"

/** Of what one object keeps, so many are listed at first, and so many more at each asking. */
const STEP = 50

interface TreeProps {
    tree: HeldTree
    view: SnapshotView
    state: PageState
}

/** A line of the tree as it is shown. */
interface Row {
    node: GraphNode
    depth: number
    /** Of how many it is one, for who cannot see it. */
    place: number
    of: number
}

/** A line that says how many more there are. */
interface More {
    above: GraphNode
    depth: number
    left: number
    bytes: number
}

/** What keeps what: below each object is what would be freed with it. */
export function ObjectTree({ tree, view, state }: TreeProps) {
    const open = useSignal<ReadonlySet<number>>(new Set(firstOpen(tree)))
    /** By the id of who keeps them: how many are listed, if not the first few. */
    const listed = useSignal<ReadonlyMap<number, number>>(new Map())
    const rows: (Row | More)[] = []
    const list = (above: GraphNode, depth: number) => {
        const all = tree.childrenOf(above)
        const shown = all.slice(0, listed.value.get(above.id) ?? STEP)
        for (const [index, node] of shown.entries()) {
            rows.push({ node, depth, place: index + 1, of: all.length })
            if (open.value.has(node.id)) list(node, depth + 1)
        }
        const hidden = all.slice(shown.length)
        if (hidden.length > 0)
            rows.push({
                ...{ above, depth, left: hidden.length },
                bytes: hidden.reduce((sum, node) => sum + view.retention.retainedBy(node), 0),
            })
    }
    list(tree.root, 0)
    const most = view.snapshot.heap.liveBytes
    return (
        <div class="tree">
            <p class="tree-head">
                <span>
                    <Term name="root">roots</Term> and what they keep
                </span>
                <span class="number own">
                    <Term name="shallow">shallow</Term>
                </span>
                <span class="number">
                    <Term name="retained">retained</Term>
                </span>
                <span class="share" />
            </p>
            <div role="tree" aria-label="What keeps what" onKeyDown={walk}>
                {rows.map(row =>
                    "left" in row ? (
                        <MoreRow key={`more ${row.above.id}`} row={row} listed={listed} />
                    ) : (
                        <TreeRow key={row.node.id} {...{ row, tree, view, state, open, most }} />
                    ),
                )}
            </div>
        </div>
    )
}

interface MoreRowProps {
    row: More
    listed: Signal<ReadonlyMap<number, number>>
}

function MoreRow({ row: { above, depth, left, bytes }, listed }: MoreRowProps) {
    const list = () => {
        const now = listed.value.get(above.id) ?? STEP
        listed.value = new Map(listed.value).set(above.id, now + STEP)
    }
    return (
        <div
            class="tree-row more"
            role="treeitem"
            aria-level={depth + 1}
            tabIndex={-1}
            onClick={list}
            onKeyDown={event => {
                if (event.key !== "Enter" && event.key !== " ") return
                event.preventDefault()
                list()
            }}
        >
            <span style={{ paddingLeft: indent(depth) }}>
                {formatCount(left)} more, {formatBytesExact(bytes)}
            </span>
        </div>
    )
}

interface TreeRowProps extends TreeProps {
    row: Row
    open: Signal<ReadonlySet<number>>
    most: number
}

function TreeRow({ row: { node, depth, place, of }, tree, view, state, open, most }: TreeRowProps) {
    const hasMore = tree.childrenOf(node).length > 0
    const isOpen = open.value.has(node.id)
    const isChosen = state.chosenNode.value === node.id
    const label = tree.labelOf(node)
    const retained = view.retention.retainedBy(node)
    const turn = (to: boolean) => {
        const next = new Set(open.value)
        if (to) next.add(node.id)
        else next.delete(node.id)
        open.value = next
    }
    const press = (event: KeyboardEvent) => {
        if (event.key === "ArrowRight" && hasMore && !isOpen) turn(true)
        else if (event.key === "ArrowLeft" && isOpen) turn(false)
        else if (event.key === "Enter" || event.key === " ") state.chosenNode.value = node.id
        else if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return
        event.preventDefault()
    }
    return (
        <div
            class="tree-row"
            role="treeitem"
            aria-level={depth + 1}
            aria-posinset={place}
            aria-setsize={of}
            aria-selected={isChosen}
            {...(hasMore && { "aria-expanded": isOpen })}
            tabIndex={isChosen || (depth === 0 && place === 1) ? 0 : -1}
            onKeyDown={press}
            onClick={() => (state.chosenNode.value = node.id)}
        >
            <span class="name" style={{ paddingLeft: indent(depth) }}>
                <span
                    class={`turn ${isOpen ? "open" : ""}`}
                    onClick={event => {
                        event.stopPropagation()
                        if (hasMore) turn(!isOpen)
                    }}
                >
                    {hasMore && <Icon name="open" />}
                </span>
                {node.type && <i class="swatch" style={{ background: `var(--${node.type})` }} />}
                <span class="label">{label}</span>
                {node.kind === "block" && label !== node.className && (
                    <span class="pale">{node.className}</span>
                )}
                {node.text !== undefined && <q class="pale">{node.text.slice(0, 60)}</q>}
            </span>
            <span class="number own">{formatBytesExact(node.bytes)}</span>
            <span class="number">{formatBytesExact(retained)}</span>
            <span class="share">
                <i style={{ width: `${(retained / Math.max(1, most)) * 100}%` }} />
            </span>
        </div>
    )
}

function indent(depth: number): string {
    return `${depth * 16}px`
}

/** The variables of the program, opened at first. */
function firstOpen(tree: HeldTree): number[] {
    return tree
        .childrenOf(tree.root)
        .filter(({ name }) => name === "globals")
        .map(({ id }) => id)
}

/** Up and down, to the first and the last. */
function walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll("[role=treeitem]")]
    const at = items.indexOf(event.target as HTMLElement)
    const to = Math.min(items.length - 1, Math.max(0, at + step))
    ;(items[to] as HTMLElement | undefined)?.focus()
    event.preventDefault()
}
