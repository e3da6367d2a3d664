import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import type { GraphNode } from "../../../model/graph/graph"
import type { HeapBlock } from "../../../model/heap/block"

/** Finds what a block of the heap's map is, in a snapshot. */
export class BlockNodes {
    private readonly nodes = new Map<number, GraphNode>()
    private readonly bytes = new Map<number, number>()

    constructor(readonly view: SnapshotView) {
        const { blocks } = view.snapshot
        // The map counts from the heap's first block.
        const start = blocks[0]?.[0] ?? 0
        for (const [address, bytes] of blocks) this.bytes.set(address - start, bytes)
        for (const node of view.objects) {
            this.nodes.set(node.address - start, node)
            if (node.storage) this.nodes.set(node.storage.address - start, node)
        }
    }

    /** @param sinceMs since when the block has been what it is; undefined for longer than is known */
    at({ address, bytes }: HeapBlock, sinceMs: number | undefined): GraphNode | undefined {
        const { atMs } = this.view.snapshot.taken
        if (sinceMs !== undefined && sinceMs > atMs) return undefined
        return this.bytes.get(address) === bytes ? this.nodes.get(address) : undefined
    }
}
