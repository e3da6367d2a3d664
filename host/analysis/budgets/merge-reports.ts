import { UserError } from "../../base/errors"
import type { CheckReport, Shard } from "../../documents/check/report"
import { checkReport } from "../check"

/** A report, and where it was read. */
export interface NamedReport {
    name: string
    report: CheckReport
}

/**
 * Puts the shards of a check together, in the order in which one run has them.
 * @throws UserError when one is missing, there twice or interrupted, or they are not of one check
 */
export function mergeReports(reports: readonly NamedReport[]): CheckReport {
    const shards = reports.map(({ name, report }) => ({
        name,
        report,
        shard: shardOf(name, report),
    }))
    const { of, planned } = shards[0]!.shard
    const byNumber = new Map<number, NamedReport>()
    for (const { name, report, shard } of shards) {
        if (shard.of !== of || shard.planned !== planned)
            throw refuse(
                `${name} is one of ${shard.of} shards of ${shard.planned} checks, ${shards[0]!.name} one of ${of} of ${planned}`,
            )
        const other = byNumber.get(shard.number)
        if (other) throw refuse(`${other.name} and ${name} are both shard ${shard.number}`)
        byNumber.set(shard.number, { name, report })
    }
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter(
        number => !byNumber.has(number),
    )
    if (missing.length > 0)
        throw refuse(`of ${of} shards there is no ${missing.join(", ")}: name all of them`)
    const checks = Array.from({ length: planned }, (_, i) => {
        const { name, report } = byNumber.get(1 + (i % of))!
        const check = report.checks[Math.floor(i / of)]
        if (!check) throw refuse(`${name} has fewer checks than it says`)
        return check
    })
    return checkReport(checks)
}

function shardOf(name: string, { shard, interrupted }: CheckReport): Shard {
    if (interrupted) throw refuse(`${name} was interrupted`)
    if (!shard) throw refuse(`${name} is no shard: make it with heapscope check --shard 1/2 --json`)
    return shard
}

function refuse(why: string): UserError {
    return new UserError("E_CHECK_REPORT", `${why}.`)
}
