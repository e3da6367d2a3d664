import type { ComponentChildren } from "preact"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { formatBytesExact, formatCount, formatCountOf } from "../../../base/format-units"
import { shorten } from "../../../base/shorten"
import type { GraphNode } from "../../../model/graph/graph"
import { BLOCK_LOOKS, isFilledType } from "../../../sinks/block-looks"
import { Term } from "../term"

/** Of a text, so many characters. */
const MAX_TEXT = 200
/** Of what it refers to. */
const MAX_EDGES = 12

interface FactsProps {
    node: GraphNode
    view: SnapshotView
    /** Told of another object that is to be looked at. */
    onChoose: (id: number) => void
}

/** What is known of an object: what keeps it, which line made it, what it refers to. */
export function ObjectFacts({ node, view, onChoose }: FactsProps) {
    const { snapshot, retention } = view
    const { allocatedAt, grownAt } = view.documentOf(node)
    const made = allocatedAt === undefined ? undefined : snapshot.places[allocatedAt]
    const grown = grownAt === undefined ? undefined : snapshot.places[grownAt]
    return (
        <div class="facts" aria-live="polite">
            <h3>{node.kind === "block" ? node.className : node.name}</h3>
            <dl>
                <Fact name="held by">
                    <code>{view.pathOf(node) || node.name}</code>
                </Fact>
                {made && (
                    <Fact name="made by">
                        {made.function}, {made.file}:{made.line}
                    </Fact>
                )}
                {grown && (
                    <Fact name="grown by">
                        {grown.function}, {grown.file}:{grown.line}
                    </Fact>
                )}
                <Fact name={<Term name="shallow" />}>{formatBytesExact(node.bytes)}</Fact>
                <Fact name={<Term name="retained" />}>
                    {formatBytesExact(retention.retainedBy(node))}
                </Fact>
                {node.type && isFilledType(node.type) && (
                    <Fact name="kind">{BLOCK_LOOKS[node.type].words}</Fact>
                )}
                {node.length !== undefined && (
                    <Fact name="length">
                        {formatCount(node.length)}
                        {node.capacity !== undefined && ` of ${formatCount(node.capacity)}`}
                    </Fact>
                )}
                {node.text !== undefined && (
                    <Fact name="text">
                        <q>{shorten(node.text, MAX_TEXT)}</q>
                    </Fact>
                )}
                {node.allocation !== undefined && node.allocation > 0 && (
                    <Fact name="allocation">number {formatCount(node.allocation)} of the run</Fact>
                )}
            </dl>
            <Edges node={node} view={view} onChoose={onChoose} />
        </div>
    )
}

interface FactProps {
    name: ComponentChildren
    children: ComponentChildren
}

function Fact({ name, children }: FactProps) {
    return (
        <div>
            <dt>{name}</dt>
            <dd>{children}</dd>
        </div>
    )
}

/** What it refers to itself, whoever else does. */
function Edges({ node, view, onChoose }: FactsProps) {
    const edges = node.edges.slice(0, MAX_EDGES)
    const more = node.edges.length - edges.length
    if (edges.length === 0) return null
    return (
        <>
            <h3>refers to</h3>
            <ul>
                {edges.map(({ to, name }, index) => (
                    <li key={index}>
                        <button class="link" type="button" onClick={() => onChoose(to)}>
                            {name}
                        </button>{" "}
                        <span class="pale">{view.graph.nodes[to]!.className}</span>
                    </li>
                ))}
                {more > 0 && <li class="pale">and {formatCountOf(more, "other")}</li>}
            </ul>
        </>
    )
}
