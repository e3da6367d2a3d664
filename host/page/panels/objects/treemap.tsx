import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { formatBytesExact } from "../../../base/format-units"
import type { GraphNode } from "../../../model/graph/graph"
import type { PageState } from "../../page-state"
import type { HeldTree } from "./held-tree"
import { squarify, type Box } from "../../../sinks/squarify"
import { HEAD_PX, TreemapArea, TreemapName } from "../treemap-box"
import { useWidth } from "../use-width"

const HEIGHT = 420
/** Smaller than this, in px, there is nothing to see or to hit. */
const MIN_PX = 4
const MAX_DEPTH = 5
const PAD_PX = 2

interface Tile extends Box {
    node: GraphNode
}

interface TreemapProps {
    tree: HeldTree
    view: SnapshotView
    state: PageState
}

/** What keeps what, as areas: a box is as large as what would be freed with it. */
export function Treemap({ tree, view, state }: TreemapProps) {
    const { place, width } = useWidth()
    /** Whose inside fills it all. */
    const inside = useSignal(0)
    const top = view.graph.nodes[inside.value] ?? tree.root
    const tiles = useMemo(() => tilesOf(top, tree, view, width), [top, tree, view, width])
    return (
        <div ref={place} class="treemap">
            <p class="way">
                {tree.wayTo(top).map((node, index) => (
                    <span key={node.id}>
                        {index > 0 && <span class="pale"> / </span>}
                        <button class="link" type="button" onClick={() => (inside.value = node.id)}>
                            {index === 0 ? "all" : tree.labelOf(node)}
                        </button>
                    </span>
                ))}
                <span class="pale"> double click to go in</span>
            </p>
            <svg
                viewBox={`0 0 ${width} ${HEIGHT}`}
                width={width}
                height={HEIGHT}
                role="img"
                aria-label={`Areas by retained size; the tree has the same as text. Largest: ${tree
                    .childrenOf(top)
                    .slice(0, 3)
                    .map(
                        node =>
                            `${tree.labelOf(node)} ${formatBytesExact(view.retention.retainedBy(node))}`,
                    )
                    .join(", ")}`}
            >
                {tiles.map(({ node, ...box }) => (
                    <g
                        key={node.id}
                        class={`tile ${state.chosenNode.value === node.id ? "chosen" : ""}`}
                        onClick={() => (state.chosenNode.value = node.id)}
                        onDblClick={() => (inside.value = node.id)}
                    >
                        <title>{`${view.pathOf(node) || node.name}\n${node.className}\n${formatBytesExact(view.retention.retainedBy(node))} retained`}</title>
                        <TreemapArea box={box} color={node.type ?? "pale"} />
                        <TreemapName box={box} name={tree.labelOf(node)} />
                    </g>
                ))}
            </svg>
        </div>
    )
}

function tilesOf(top: GraphNode, tree: HeldTree, view: SnapshotView, width: number): Tile[] {
    const tiles: Tile[] = []
    const lay = (above: GraphNode, box: Box, depth: number): void => {
        const nodes = tree.childrenOf(above)
        const own = view.retention.retainedBy(above) - sumOf(nodes, view)
        // What is its own has its place, too, and is left empty.
        const values = nodes.map(node => view.retention.retainedBy(node))
        const all = own > 0 ? [...values, own].sort((a, b) => b - a) : values
        const boxes = squarify(all, box)
        const skipped = own > 0 ? all.lastIndexOf(own) : -1
        boxes.splice(skipped, skipped < 0 ? 0 : 1)
        for (const [index, node] of nodes.entries()) {
            const area = boxes[index]
            if (!area || area.width < MIN_PX || area.height < MIN_PX) continue
            tiles.push({ ...area, node })
            const room = {
                x: area.x + PAD_PX,
                y: area.y + HEAD_PX,
                width: area.width - 1 - 2 * PAD_PX,
                height: area.height - 1 - HEAD_PX - PAD_PX,
            }
            if (depth < MAX_DEPTH && room.width > 3 * MIN_PX && room.height > 3 * MIN_PX)
                lay(node, room, depth + 1)
        }
    }
    lay(top, { x: 0, y: 0, width, height: HEIGHT }, 0)
    return tiles
}

function sumOf(nodes: readonly GraphNode[], { retention }: SnapshotView): number {
    return nodes.reduce((sum, node) => sum + retention.retainedBy(node), 0)
}
