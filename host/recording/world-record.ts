import * as v from "valibot"
import { crc32Hex } from "../base/crc32"
import { UserError } from "../base/errors"
import { toJson } from "../base/json"
import {
    AnswerSchema,
    ComingSchema,
    RecordEndSchema,
    RecordHeaderSchema,
    WORLD_RECORD_SCHEMA,
    type WorldRecord,
} from "../documents/world-record"

const HOW = "Make one with `heapscope sim --record-world <file>`."
/** What ends a record, the line break with it. */
const CHECK_LENGTH = `,"crc":"00000000"}\n`.length
const EntrySchema = v.variant("kind", [AnswerSchema, ComingSchema])
const COMING_KINDS: ReadonlySet<string> = new Set(
    ComingSchema.options.map(({ entries }) => entries.kind.literal),
)

/** A record as the text of a file. @param entries answers and comings, in the order in which they came */
export function writeWorldRecord(
    { header, world }: Pick<WorldRecord, "header" | "world">,
    entries: readonly string[],
): string {
    const end = toJson({ kind: "end", world }).slice(0, -1)
    const checked = [toJson(header), ...entries, end].join("\n")
    return `${checked},"crc":"${crc32Hex(checked)}"}\n`
}

/**
 * Reads the text of a record, all of which has to be right.
 * @param name of the file, for messages
 * @throws UserError when it is none, of another version, damaged or cut off
 */
export function readWorldRecord(text: string, name: string): WorldRecord {
    const lines = text.split("\n")
    const header = readHeader(lines[0]!, name)
    const last = lines.length - 2
    const end = v.safeParse(RecordEndSchema, parsed(lines[last] ?? ""))
    if (last < 1 || lines.at(-1) !== "" || !end.success)
        throw wrong(name, "is cut off: its last line is no whole end of a record")
    if (crc32Hex(text.slice(0, -CHECK_LENGTH)) !== end.output.crc)
        throw wrong(name, "is damaged: its check does not fit its lines")
    const record: WorldRecord = { header, answers: [], comings: [], world: end.output.world }
    for (let number = 1; number < last; number++) {
        const entry = v.safeParse(EntrySchema, parsed(lines[number]!), { abortEarly: true })
        if (!entry.success) throw wrong(name, `has no entry of a record in line ${number + 1}`)
        if (isComing(entry.output)) record.comings.push(entry.output)
        else record.answers.push(entry.output)
    }
    return record
}

function isComing(
    entry: v.InferOutput<typeof EntrySchema>,
): entry is v.InferOutput<typeof ComingSchema> {
    return COMING_KINDS.has(entry.kind)
}

function readHeader(line: string, name: string): WorldRecord["header"] {
    const found = parsed(line)
    const result = v.safeParse(RecordHeaderSchema, found)
    if (result.success) return result.output
    const schema = String((found as { schema?: unknown } | undefined)?.schema ?? "")
    if (schema.startsWith("heapscope/world-record@") && schema !== WORLD_RECORD_SCHEMA)
        throw new UserError(
            "E_WORLD_RECORD",
            `${name} is a record of another version: this heapscope plays ${WORLD_RECORD_SCHEMA}, not ${schema.slice(0, 40)}.`,
        )
    throw new UserError(
        "E_WORLD_RECORD",
        `${name} is not the record of a world: its first line is no header of ${WORLD_RECORD_SCHEMA}. ${HOW}`,
    )
}

function wrong(name: string, what: string): UserError {
    return new UserError("E_WORLD_RECORD", `${name} ${what}. ${HOW}`)
}

function parsed(line: string): unknown {
    try {
        return JSON.parse(line) as unknown
    } catch {
        return undefined
    }
}
