import type { HeapGraph } from "../../../model/graph/graph"
import { HeapIndex, type QueuedObjects } from "../advice-input"
import { recordGroups, type Field } from "../record-groups"

/**
 * What lists that are queues had in them, at several looks: at the end of a run a queue may be empty. A list
 * that ever had anything else than objects of one kind, or objects that others hold as well, is none.
 */
export class QueueLog {
    private readonly byAddress = new Map<number, QueuedObjects | undefined>()

    /** @param isQueue tells a list by its address */
    add(graph: HeapGraph, isQueue: (address: number) => boolean): void {
        const lists = graph.nodes.filter(
            ({ type, kind, address, edges }) =>
                type === "array" && kind === "block" && edges.length > 0 && isQueue(address),
        )
        if (lists.length === 0) return
        const index = new HeapIndex(graph)
        const groups = recordGroups(index)
        for (const list of lists) {
            const { address, scalars = [], edges } = list
            const known = this.byAddress.get(address)
            if (this.byAddress.has(address) && !known) continue
            const nodes = edges
                .filter(({ kind }) => kind === "element")
                .map(({ to }) => index.nodes[to]!)
            if (nodes.length === 0) continue
            const ids = new Set(nodes.map(({ id }) => id))
            const isAlone = nodes.every(node => index.holders(node).length === 1)
            const group = groups.find(({ objects }) => objects.some(({ id }) => ids.has(id)))
            const inGroup = group?.objects.filter(({ id }) => ids.has(id)) ?? []
            if (!group || !isAlone || scalars.length > 0 || inGroup.length < ids.size) {
                this.byAddress.set(address, undefined)
                continue
            }
            const places = group.objects.flatMap(({ id }, i) => (ids.has(id) ? [i] : []))
            const fields = group.fields.map(({ name, values }) => ({
                name,
                values: places.map(i => values[i]),
            }))
            this.byAddress.set(address, {
                className: group.className,
                objects: nodes,
                fields: known ? joined(known.fields, fields) : fields,
            })
        }
    }

    of(address: number): QueuedObjects | undefined {
        return this.byAddress.get(address)
    }
}

/** The values of both looks; what an object had only once is kept as well, and is told by `undefined` values. */
function joined(before: readonly Field[], now: readonly Field[]): Field[] {
    const later = new Map(now.map(({ name, values }) => [name, values]))
    const names = new Set([...before, ...now].map(({ name }) => name))
    return [...names].map(name => ({
        name,
        values: [
            ...(before.find(field => field.name === name)?.values ?? [undefined]),
            ...(later.get(name) ?? [undefined]),
        ],
    }))
}
