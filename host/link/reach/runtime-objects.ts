import { blockBytes } from "../../model/heap/object-sizes"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { ROLE } from "../../model/heap/layout"
import type { ReachableObjects } from "./reachable-objects"

/** What the debugger leads to, and what is known of the roles. */
interface Reachable {
    objects: ReachableObjects
    root: GraphNode
    /** By index: what is attached to a role, if anything. */
    roles: ReadonlyMap<number, GraphNode | undefined>
}

/** What leads to the program's own objects, by its groups' names; the walk finds those itself. */
const OF_PROGRAM: readonly string[] = ["globals", "fibers", "roles"]
/** What the VM keeps for itself beside those. */
const GROUPS: readonly string[] = ["pins", "prototypes", "tables"]
const PROTOTYPES: readonly string[] = ["class prototype", "service prototype"]

/**
 * Adds what the VM keeps for itself, which no answer of the debugger leads to: its tables, the board's
 * pins, and the properties that libraries add to built-in objects. They are made as the program starts,
 * the same whenever it does: so they are taken from its heap on that very board in a simulator. Without
 * that, only roles are known of.
 */
export function addRuntimeObjects(reachable: Reachable, simulated: HeapGraph | undefined): void {
    new RuntimeObjects(reachable, simulated?.nodes ?? []).add()
}

class RuntimeObjects {
    /** By the simulator's id: what variables, fibers and roles lead to there. */
    private readonly ofProgram = new Set<number>()
    private readonly copies = new Map<number, GraphNode>()
    /** Ids of the simulator's tables. */
    private readonly tables: ReadonlySet<number>

    constructor(
        private readonly reachable: Reachable,
        /** The simulator's, by id. */
        private readonly source: readonly GraphNode[],
    ) {
        const tables = source.find(({ kind, name }) => kind === "group" && name === "tables")
        this.tables = new Set(tables?.edges.map(({ to }) => to))
        for (const node of source)
            if (node.kind === "group" && OF_PROGRAM.includes(node.name)) this.follow(node)
    }

    add(): void {
        this.addRoles()
        for (const group of this.source)
            if (group.kind === "group" && GROUPS.includes(group.name)) this.addGroup(group)
    }

    private addRoles(): void {
        const { objects, root, roles } = this.reachable
        const group = objects.addGroup(root, "roles")
        const source = this.source.find(({ kind, name }) => kind === "group" && name === "roles")
        group.bytes = source?.bytes ?? 0
        const known = source?.edges.map(({ to }) => this.source[to]!) ?? []
        for (const index of new Set([...known.keys(), ...roles.keys()])) {
            const role = known[index] ? this.copy(known[index]) : this.emptyRole(index)
            objects.connect(group, role, "internal", role.name)
            this.addPartsOfRole(known[index], role, roles.get(index))
        }
    }

    private emptyRole(index: number): GraphNode {
        return this.reachable.objects.add({
            kind: "block",
            type: "bytes",
            className: "role",
            name: `role ${index}`,
            bytes: blockBytes(4 + ROLE.size),
            isRuntime: true,
        })
    }

    private addPartsOfRole(
        source: GraphNode | undefined,
        role: GraphNode,
        attached: GraphNode | undefined,
    ): void {
        const { objects } = this.reachable
        const part = (of: string) => {
            const edge = source?.edges.find(({ name }) => name === of)
            return edge && this.source[edge.to]
        }
        const name = part("name")
        if (name) objects.connect(role, this.copy(name), "internal", "name")
        if (!attached) return
        objects.connect(role, attached, "internal", "attached")
        const className = part("attached")?.className
        if (className === undefined) return
        attached.className = attached.name = className
        const prototype = attached.edges.find(edge => edge.name === "prototype")
        if (prototype) objects.all[prototype.to]!.name = `${className}.prototype`
    }

    private addGroup(source: GraphNode): void {
        const { objects, root } = this.reachable
        const group = objects.addGroup(root, source.name)
        group.bytes = source.bytes
        for (const { to, kind, name } of source.edges) {
            // A pin that the program has in a variable is there already.
            if (source.name === "pins" && this.ofProgram.has(to)) continue
            const met = source.name === "prototypes" && this.metBuiltin(this.source[to]!)
            const own = met || this.copyWhole(this.source[to]!)
            objects.connect(group, own, kind, name)
            if (source.name === "tables") this.addTable(this.source[to]!, own)
        }
    }

    /** A pin in use leads to what it inherits from: that is there already. */
    private metBuiltin({ className, name }: GraphNode): GraphNode | undefined {
        return this.reachable.objects.all.find(
            node => node.address !== 0 && node.className === className && node.name === name,
        )
    }

    /** Classes and services whose prototypes no object that is left leads to are in the tables, too. */
    private addTable(source: GraphNode, table: GraphNode): void {
        const { objects } = this.reachable
        const prototypes = new Map(
            objects.all
                .filter(({ className }) => PROTOTYPES.includes(className))
                .map(node => [node.name, node]),
        )
        for (const { to, kind, name } of source.edges)
            objects.connect(
                table,
                prototypes.get(name) ?? this.copyWhole(this.source[to]!),
                kind,
                name,
            )
    }

    private follow(from: GraphNode): void {
        const pending = [from]
        for (let node = pending.pop(); node; node = pending.pop())
            for (const { to } of node.edges) {
                if (this.ofProgram.has(to)) continue
                this.ofProgram.add(to)
                pending.push(this.source[to]!)
            }
    }

    /** The object and all that only the VM's own objects lead to from it, once. */
    private copyWhole(source: GraphNode): GraphNode {
        const known = this.copies.get(source.id)
        if (known) return known
        const copy = this.copy(source)
        this.copies.set(source.id, copy)
        for (const { to, kind, name } of source.edges)
            if (!this.ofProgram.has(to) && !this.isTable(source))
                this.reachable.objects.connect(copy, this.copyWhole(this.source[to]!), kind, name)
        return copy
    }

    /** What its entries are, `addTable` finds out. */
    private isTable({ id }: GraphNode): boolean {
        return this.tables.has(id)
    }

    /** The object as it is in the simulator, without what it refers to; it has no address here. */
    private copy({ edges: _, id: _id, address: _a, storage: _s, ...node }: GraphNode): GraphNode {
        const { allocation: _n, pc: _p, storagePc: _q, ...rest } = node
        return this.reachable.objects.add(rest)
    }
}
