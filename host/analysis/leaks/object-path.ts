import { generalText } from "../../model/graph/path-text"
import type { PathStep } from "../../model/graph/retention"

/** A longer path stays where it is: what hangs on an object thirty steps away is counted there. */
const MAX_STEPS = 30

/**
 * How objects are reached from the program's variables, without telling the elements of a list or the
 * entries of a dictionary apart: `orders[].lines` is the lines of all orders. A structure that repeats
 * itself, such as a list by links, is one step, however long it gets.
 */
export class ObjectPath {
    private readonly steps = new Map<string, ObjectPath>()
    private readonly depth: number
    private repeats = false

    private constructor(
        /** Undefined for the root. */
        readonly parent: ObjectPath | undefined,
        /** What this step adds to the text of the path. */
        private readonly label: string,
        /** The kind of object the step leaves from: where its allocation stands. */
        private readonly owner: number | undefined,
    ) {
        this.depth = parent ? parent.depth + 1 : 0
    }

    static root(): ObjectPath {
        return new ObjectPath(undefined, "", undefined)
    }

    /**
     * The path over one more reference.
     * @param isDictionary whether the property's key was made at run time
     */
    step(step: PathStep, isDictionary: boolean): ObjectPath {
        const label = generalText(step, isDictionary)
        const owner = step.from.pc || undefined
        const repeated = this.repeated(label, owner)
        if (repeated) {
            repeated.repeats = true
            return repeated
        }
        const known = this.steps.get(label)
        if (known) return known
        if (this.depth >= MAX_STEPS) return this
        const next = new ObjectPath(this, label, owner)
        this.steps.set(label, next)
        return next
    }

    /** Whether this path, or one of those it goes on from, is such a one. */
    isThrough(isSuch: (path: ObjectPath) => boolean): boolean {
        return isSuch(this) || (this.parent?.isThrough(isSuch) ?? false)
    }

    /** As a person writes it: `station.history`, `tables[].orders`, `newest.before…`. */
    get text(): string {
        return this.parent ? this.parent.text + this.label + (this.repeats ? "…" : "") : ""
    }

    /** The same step from the same kind of object, already on the way here. */
    private repeated(label: string, owner: number | undefined): ObjectPath | undefined {
        if (owner === undefined) return undefined
        if (this.owner === owner && this.label === label) return this
        return this.parent?.repeated(label, owner)
    }
}
