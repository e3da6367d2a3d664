import { blockBytes } from "../advice/costs"
import type { GraphNode, HeapGraph } from "../heap/graph"
import { ROLE } from "../heap/layout"
import type { ReachedObjects } from "./reached-objects"

/** What the debugger leads to, and what is known of the roles. */
interface Reached {
    objects: ReachedObjects
    root: GraphNode
    /** By index: what is attached to a role, if anything. */
    roles: ReadonlyMap<number, GraphNode | undefined>
}

/** What the VM keeps for itself beside the program's variables and fibers, by its groups' names. */
const GROUPS: readonly string[] = ["roles", "pins", "prototypes", "tables"]

const PROTOTYPES: readonly string[] = ["class prototype", "service prototype"]

/**
 * Adds what the VM keeps for itself, which no answer of the debugger leads to: its tables, and the
 * properties that libraries add to built-in objects. A program makes them as it starts, the same on
 * every board: so they are taken from its heap in a simulator. Without that, only roles are known of.
 */
export function addVmBlocks(reached: Reached, simulated: HeapGraph | undefined): void {
    if (simulated) new VmBlocks(reached, simulated).add()
    else addRoles(reached)
}

function addRoles({ objects, root, roles }: Reached): void {
    const group = objects.addGroup(root, "roles")
    for (const [index, attached] of roles) {
        const role = objects.add({
            kind: "block",
            type: "bytes",
            className: "role",
            name: `role ${index}`,
            bytes: blockBytes(4 + ROLE.size),
            isRuntime: true,
        })
        objects.connect(group, role, "internal", role.name)
        if (attached) objects.connect(role, attached, "internal", "attached")
    }
}

class VmBlocks {
    constructor(
        private readonly reached: Reached,
        private readonly simulated: HeapGraph,
    ) {}

    add(): void {
        const { nodes } = this.simulated
        for (const { to } of nodes[0]!.edges) {
            const source = nodes[to]!
            if (!GROUPS.includes(source.name)) continue
            const { objects, root } = this.reached
            const group = objects.addGroup(root, source.name)
            group.bytes = source.bytes
            source.edges.forEach((edge, i) => {
                const child = nodes[edge.to]!
                const own = this.copy(child)
                objects.connect(group, own, edge.kind, edge.name)
                if (source.name === "roles") this.addRole(child, own, i)
                if (source.name === "tables") this.addTable(child, own)
            })
        }
    }

    private addRole(source: GraphNode, role: GraphNode, index: number): void {
        const { objects, roles } = this.reached
        for (const { to, kind, name } of source.edges) {
            const child = this.simulated.nodes[to]!
            const attached = roles.get(index)
            if (name === "attached" && attached) {
                attached.className = attached.name = child.className
                objects.connect(role, attached, kind, name)
                const prototype = attached.edges.find(edge => edge.name === "prototype")
                if (prototype) objects.all[prototype.to]!.name = `${child.className}.prototype`
            } else if (name === "name") objects.connect(role, this.copy(child), kind, name)
        }
    }

    /** Classes and services whose prototypes no object that is left leads to are in the tables, too. */
    private addTable(source: GraphNode, table: GraphNode): void {
        const { objects } = this.reached
        const prototypes = new Map(
            objects.all
                .filter(({ className }) => PROTOTYPES.includes(className))
                .map(node => [node.name, node]),
        )
        for (const { to, kind, name } of source.edges)
            objects.connect(
                table,
                prototypes.get(name) ?? this.copy(this.simulated.nodes[to]!),
                kind,
                name,
            )
    }

    /** The object as it is in the simulator, without what it refers to; it has no address here. */
    private copy({ edges: _, id: _id, address: _a, storage: _s, ...node }: GraphNode): GraphNode {
        const { allocation: _n, pc: _p, storagePc: _q, ...rest } = node
        return this.reached.objects.add(rest)
    }
}
