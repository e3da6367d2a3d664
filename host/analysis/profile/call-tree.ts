import { addCost, heaviestFirst, noCost, type Cost, type Metric } from "../../documents/cost"
import { OTHER_PATHS, ROOT, type PathTree } from "./path-tree"
import { functionName, OTHER_FUNCTION, RUNTIME_PLACE, type Places } from "./source-places"
import type { CallNode, FunctionPlace, Site } from "../../documents/profile-report"

/** A function at the end of a path, while the tree is put together. */
class Branch {
    readonly children = new Map<FunctionPlace, Branch>()
    readonly sites = new Map<string, Site>()

    constructor(readonly place: FunctionPlace) {}

    child(place: FunctionPlace): Branch {
        let child = this.children.get(place)
        if (!child) this.children.set(place, (child = new Branch(place)))
        return child
    }

    site(line: number | undefined, type: string): Site {
        const key = `${line} ${type}`
        let site = this.sites.get(key)
        if (!site) {
            site = { ...(line !== undefined && { line }), type, ...noCost() }
            this.sites.set(key, site)
        }
        return site
    }

    finish(by: Metric): CallNode {
        const children = heaviestFirst(
            Array.from(this.children.values(), child => child.finish(by)),
            by,
            child => child.total,
            functionName,
        )
        const sites = heaviestFirst(
            this.sites.values(),
            by,
            site => site,
            ({ line, type }) => `${line} ${type}`,
        )
        const total = noCost()
        for (const site of sites) addCost(total, site)
        for (const child of children) addCost(total, child.total)
        return { ...this.place, total, sites, children }
    }
}

/** Puts a path tree, whose calls are pcs, together as a tree of functions. */
export class CallTree {
    private readonly root = new Branch({ function: "(root)", library: false })
    /** By node of the path tree. */
    private readonly branches: (Branch | undefined)[] = []

    constructor(
        private readonly paths: PathTree,
        private readonly places: Places,
    ) {}

    add(leaf: number, type: string, line: number | undefined, cost: Cost): void {
        const parent = this.paths.parents[leaf]!
        const branch =
            parent === ROOT ? this.root.child(RUNTIME_PLACE.function) : this.branchOf(parent)
        addCost(branch.site(line, type), cost)
    }

    finish(by: Metric): CallNode {
        return this.root.finish(by)
    }

    private branchOf(node: number): Branch {
        return (this.branches[node] ??= this.makeBranch(node))
    }

    private makeBranch(node: number): Branch {
        const { parents, labels } = this.paths
        if (node === ROOT) return this.root
        if (node === OTHER_PATHS) return this.root.child(OTHER_FUNCTION)
        return this.branchOf(parents[node]!).child(this.places.at(labels[node]!).function)
    }
}
