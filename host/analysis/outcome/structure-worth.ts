import { formatBytes, formatCount, formatPercent } from "../../base/format-units"
import type { StructureWorth } from "../../model/events"

const RATES = { dedupe: "dedupe ratio", hit: "hit rate", reuse: "reuse rate" } as const

/** What its rate is called: `hit rate`. */
export function rateWords(kind: StructureWorth["kind"]): string {
    return RATES[kind]
}

/** What a structure is worth, in a few words: `dedupe ratio 97 % of 150, 2.2 kB saved`. */
export function worthText({ kind, asked, hits, savedBytes, wastedBytes }: StructureWorth): string {
    const rate = asked === 0 ? "" : ` ${formatPercent(hits / asked)}`
    return [
        `${RATES[kind]}${rate} of ${formatCount(asked)}`,
        ...(savedBytes !== undefined ? [`${formatBytes(savedBytes)} saved`] : []),
        ...(wastedBytes !== undefined ? [`${formatBytes(wastedBytes)} wasted`] : []),
    ].join(", ")
}
