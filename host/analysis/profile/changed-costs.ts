import { metricOf, noCost, type Cost, type Order } from "../../documents/cost"
import {
    changeOf,
    type Changed,
    type ChangedInTime,
} from "../../documents/profile/profile-difference"
import type { FunctionPlace } from "../../documents/profile-report"
import { noBoardTime, type BoardTime } from "../../model/board-time"

/** What two have; nothing where one is not. */
export function costs(before: Cost | undefined, after: Cost | undefined): Changed {
    return { before: costOnly(before ?? noCost()), after: costOnly(after ?? noCost()) }
}

/** A site is a cost with more. */
function costOnly(cost: Cost): Cost {
    const { bytes, allocations, liveBytes, liveBlocks, temporaryBytes, temporaryBlocks } = cost
    return {
        ...{ bytes, allocations, liveBytes, liveBlocks },
        ...(temporaryBytes !== undefined && { temporaryBytes }),
        ...(temporaryBlocks !== undefined && { temporaryBlocks }),
    }
}

type Timed = { boardTime: BoardTime } | undefined

export function times(before: Timed, after: Timed): Pick<ChangedInTime, "boardTime"> {
    return {
        boardTime: {
            before: before?.boardTime ?? noBoardTime(),
            after: after?.boardTime ?? noBoardTime(),
        },
    }
}

/** What differs, the most first. @param isKept whether what is itself the same stays for what is in it */
export function changedFirst<T extends Changed & Partial<ChangedInTime>>(
    items: readonly T[],
    by: Order,
    isKept: (item: T) => boolean = () => false,
): T[] {
    const figure = (item: T) => Math.abs(changeBy(item, by))
    return items
        .filter(item => isDifferent(item) || isKept(item))
        .toSorted((a, b) => figure(b) - figure(a) || bytesOf(b) - bytesOf(a))
}

function bytesOf(item: Changed): number {
    return Math.abs(changeOf(item, ({ bytes }) => bytes))
}

/** By how much something differs in what is sorted by; board time in milliseconds, of calls nobody knows it. */
export function changeBy(item: Changed & Partial<ChangedInTime>, by: Order): number {
    if (by === "time") {
        const { boardTime } = item
        return boardTime ? boardTime.after.ms - boardTime.before.ms : bytesOf(item)
    }
    return changeOf(item, cost => metricOf(cost, by))
}

function isDifferent(item: Changed & Partial<ChangedInTime>): boolean {
    const keys = Object.keys(item.after) as (keyof Cost)[]
    return (
        keys.some(key => item.after[key] !== (item.before[key] ?? 0)) ||
        Object.keys(item.before).some(key => !(key in item.after)) ||
        item.boardTime?.after.ms !== item.boardTime?.before.ms
    )
}

/** Of what has more, where it is. */
export function placeOf({ function: name, file, line, library }: FunctionPlace): FunctionPlace {
    return {
        function: name,
        ...(file !== undefined && { file }),
        ...{ ...(line !== undefined && { line }), library },
    }
}
