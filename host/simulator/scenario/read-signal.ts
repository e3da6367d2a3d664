import type { PlannedSignal } from "../world/plan"
import { hourAt, wandering, type Signal } from "../world/signals"
import { instead } from "../../base/nearest"
import type { Path, Reading } from "./reading"

const NUMBER = String.raw`-?\d+(?:\.\d+)?`
const RANGE = new RegExp(`^(\\w+) (${NUMBER})\\.\\.(${NUMBER})(?: (.+))?$`)
const FILE = /^(\w+) (\S+)(?: column (.+))?$/
const RECORDING = /^recording (\S+)(?: of (\w+))?$/
const KINDS = ["sine", "ramp", "wander", "csv", "recording"]
const PERIODS: Readonly<Record<string, number>> = {
    "a minute": 60_000,
    "an hour": 3_600_000,
    "a day": 86_400_000,
}
/** The hour at which what follows the day is highest. */
const PEAK_HOUR = 15
const MAX_ROWS = 1_000_000

/** What a quantity does by itself: a number, or in words. @throws UserError */
export function readSignal(reading: Reading, path: Path, value: string | number): PlannedSignal {
    if (typeof value === "number" || new RegExp(`^${NUMBER}$`).test(value)) {
        const constant = Number(value)
        return () => () => constant
    }
    const [kind = ""] = value.split(" ")
    if (!KINDS.includes(kind))
        reading.refuse(path, `there is no signal ${kind}${instead(kind, KINDS)}`)
    if (kind === "recording") return fromRecording(reading, path, value)
    return kind === "csv" ? fromFile(reading, path, value) : overRange(reading, path, value)
}

function overRange(reading: Reading, path: Path, text: string): PlannedSignal {
    const [, kind, from, to, rest] = RANGE.exec(text) ?? []
    const example = kind === "wander" ? "wander 0..100" : `${text.split(" ")[0]} 18..26 a day`
    if (kind === undefined) reading.refuse(path, `${text} has no range: write it as ${example}.`)
    const [low, high] = [Number(from), Number(to)]
    if (low > high) reading.refuse(path, `${from} is more than ${to}: write the lower one first.`)
    if (kind === "wander") {
        if (rest !== undefined) reading.refuse(path, `nothing goes after ${kind} ${from}..${to}.`)
        return seed => wandering(low, high, seed)
    }
    const periodMs = readPeriod(reading, path, rest)
    const isOfDay = rest === "a day"
    return () => nowMs => {
        const part = isOfDay
            ? (hourAt(nowMs) - PEAK_HOUR) / 24 + 0.25
            : (nowMs % periodMs) / periodMs
        if (kind === "ramp") return low + ((high - low) * (nowMs % periodMs)) / periodMs
        return (low + high) / 2 + ((high - low) / 2) * Math.sin(2 * Math.PI * part)
    }
}

function readPeriod(reading: Reading, path: Path, text = ""): number {
    const known = PERIODS[text]
    if (known !== undefined) return known
    const [, every] = /^every (.+)$/.exec(text) ?? []
    if (every === undefined)
        reading.refuse(path, `it does not say how often: a minute, an hour, a day, every 10s.`)
    const ms = reading.duration(path, every)
    if (ms <= 0) reading.refuse(path, `every ${every} is no time.`)
    return ms
}

/** Times in seconds, or with a unit, and values; each holds until the next. */
function fromFile(reading: Reading, path: Path, text: string): PlannedSignal {
    const [, , name, column] = FILE.exec(text) ?? []
    if (name === undefined)
        reading.refuse(path, "it names no file: write csv day.csv, or csv day.csv column outside.")
    const signal = readCsv(reading, path, name, column)
    return () => signal
}

/** What a sensor on a real board's bus read, at the recording's times. */
function fromRecording(reading: Reading, path: Path, text: string): PlannedSignal {
    const [, name, service] = RECORDING.exec(text) ?? []
    if (name === undefined)
        reading.refuse(
            path,
            "it names no file: write recording day.ndjson, or recording day.ndjson of temperature.",
        )
    const { times, values } = reading.read(path, () => reading.files.recorded(name, service))
    const signal = held(times, values)
    return () => signal
}

function readCsv(reading: Reading, path: Path, name: string, column: string | undefined): Signal {
    const rows = reading.files
        .text(name)
        .split(/\r?\n/)
        .map((line, index) => ({
            line: index + 1,
            cells: line.split(/[,;\t]/).map(cell => cell.trim()),
        }))
        .filter(({ cells }) => cells.some(cell => cell !== ""))
    const head = rows[0]?.cells.some((cell, index) => index > 0 && !isNumber(cell))
        ? rows.shift()
        : undefined
    const names = head?.cells ?? []
    const at = column === undefined ? 1 : names.indexOf(column)
    if (at < 0)
        reading.refuse(path, `${name} has no column ${column}${instead(column!, names.slice(1))}`)
    if (rows.length === 0 || rows.length > MAX_ROWS)
        reading.refuse(path, `${name} has ${rows.length === 0 ? "no rows" : "too many rows"}.`)
    const times: number[] = []
    const values: number[] = []
    for (const { line, cells } of rows) {
        const [time = "", value = ""] = [cells[0], cells[at]]
        const ms = isNumber(time) ? Number(time) * 1000 : reading.duration(path, time)
        if (!isNumber(value))
            reading.refuse(path, `${name}:${line} has no number in column ${at + 1}.`)
        if (ms < (times.at(-1) ?? 0))
            reading.refuse(path, `${name}:${line} is earlier than the row before it.`)
        times.push(ms)
        values.push(Number(value))
    }
    return held(times, values)
}

/** What was measured at times, each until the next. */
export function held(times: readonly number[], values: readonly number[]): Signal {
    let known = 0
    return nowMs => {
        if (times[known]! > nowMs) known = 0
        while (known + 1 < times.length && times[known + 1]! <= nowMs) known++
        return values[known]!
    }
}

function isNumber(text: string): boolean {
    return new RegExp(`^${NUMBER}$`).test(text)
}
