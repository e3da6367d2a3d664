import type { Program } from "../../model/program/program"
import type { FitRun } from "./fit-run"

/** A run, and the board that it was worked out from, if it was not done whole on its own. */
export interface KnownRun extends FitRun {
    from?: string
    /** By how much its high-water mark may be off then. Bytes. */
    offBytes?: number
}

/**
 * Whether a program uses nothing that boards differ in: it names no board and no pin, and in a whole run,
 * in which nothing was amiss, no pin, bus or part of the board had anything to do with it.
 */
export function isBlindToBoards({ report }: FitRun, { board, needs }: Program): boolean {
    const { outcome, judgement, world } = report
    if (board !== undefined || !needs || !world) return false
    if (outcome.kind !== "running" || judgement.severity !== "good") return false
    const { i2cBus, ledStrip, pins, analogPins } = needs
    if (i2cBus || ledStrip || pins.length > 0 || analogPins.length > 0) return false
    const { pins: used, addresses, ledStrips, displays, roles = [] } = world
    const parts = [used, addresses, ledStrips, displays].some(list => (list ?? []).length > 0)
    return !parts && roles.every(({ answeredBy }) => answeredBy !== "the board itself")
}

/** A hole that is larger by less than the smallest block is taken whole: this much more, of any block. Bytes. */
const SLACK_BYTES = 4
/** By so much of all that was allocated may slack differ. */
const SLACK_SHARE = 0.01

/** The most that slack can make of what is live at once. Bytes. */
export function slackOf({ report }: FitRun): number {
    return SLACK_BYTES * report.heap.blocks
}

/**
 * Whether a program did the same on two boards until the moment at which both were looked at: as many
 * allocations, the same log, and, but for slack, as many bytes, of which as many were live beyond what each
 * board's own pins take.
 * @param moreBytes what the other board takes more without a program
 */
export function doesTheSame(one: FitRun, other: FitRun, moreBytes: number): boolean {
    const { atCheck: a } = one
    const { atCheck: b } = other
    if (!a || !b || a.allocations !== b.allocations || a.logHash !== b.logHash) return false
    const allocated = Math.abs(a.allocatedBytes - b.allocatedBytes)
    const live = Math.abs(b.mostLiveBytes - a.mostLiveBytes - moreBytes)
    return allocated <= SLACK_SHARE * a.allocatedBytes && live <= slackOf(one)
}

/** What a board's run would have come to that did the same as a longer one until it ended. */
export function asOn(own: FitRun, longer: FitRun, from: string): KnownRun {
    const moreBytes = own.atCheck!.mostLiveBytes - longer.atCheck!.mostLiveBytes
    const heap = {
        ...own.report.heap,
        highWaterLiveBytes: longer.report.heap.highWaterLiveBytes + moreBytes,
    }
    const { worst, neverRan } = longer
    return {
        ...own,
        ...{ worst, neverRan, from, offBytes: slackOf(longer) },
        report: { ...longer.report, heap },
    }
}
