import type { LiveByPath, PathSeries } from "./live-by-path"
import { steadyGrowth, type Growth } from "./steady-growth"
import type { ObjectPath } from "./object-path"

/** Containers whose growth differs by no more than this, as a share, grow together. */
const SAME_GROWTH = 0.1

/** The outermost thing that grows: everything in it grows because it does. */
export interface Container {
    series: PathSeries
    /** Of its items, or of the objects when there are ever more of them in no container. */
    growth: Growth
    isByItems: boolean
    /** Its neighbours that grow by as many items. */
    companions: PathSeries[]
}

/** Finds what grows steadily, each growth once: where it happens, not in all that hangs on it. */
export function growingContainers(liveByPath: LiveByPath): Container[] {
    const { times } = liveByPath
    const multiplying = new Map<ObjectPath, Growth>()
    const filling = new Map<ObjectPath, Growth>()
    const candidates = liveByPath.mayGrow()
    for (const { path, objects, items } of candidates) {
        const more = steadyGrowth({ times, values: objects })
        if (more) multiplying.set(path, more)
        // What there are ever more of has ever more in it, too.
        const larger = more ? undefined : steadyGrowth({ times, values: items })
        if (larger) filling.set(path, larger)
    }
    const containers: Container[] = []
    for (const series of candidates) {
        const { path } = series
        const { parent } = path
        const larger = filling.get(path)
        const more = multiplying.get(path)
        const isExplained = parent?.isThrough(at => multiplying.has(at) || filling.has(at))
        if (larger) containers.push({ series, growth: larger, isByItems: true, companions: [] })
        else if (more && !isExplained)
            containers.push({ series, growth: more, isByItems: false, companions: [] })
    }
    return joinCompanions(containers, liveByPath)
}

/** The keys of a map and its values are two lists but one leak. */
function joinCompanions(containers: Container[], liveByPath: LiveByPath): Container[] {
    const bytes = new Map(
        containers.map(({ series: { path } }) => [path, liveByPath.bytesWithin(path).at(-1)!]),
    )
    const heaviestFirst = containers.toSorted(
        (a, b) => bytes.get(b.series.path)! - bytes.get(a.series.path)!,
    )
    const leaders: Container[] = []
    for (const container of heaviestFirst) {
        const leader = leaders.find(
            ({ series, growth }) =>
                series.path.parent === container.series.path.parent &&
                isSameGrowth(growth, container.growth),
        )
        if (leader) leader.companions.push(container.series)
        else leaders.push(container)
    }
    return leaders
}

function isSameGrowth(a: Growth, b: Growth): boolean {
    const [rise, other] = [a.to - a.from, b.to - b.from]
    return Math.abs(rise - other) <= SAME_GROWTH * Math.max(rise, other)
}
