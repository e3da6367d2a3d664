import { resolve } from "node:path"
import type { Command } from "commander"
import { layoutReport } from "../../../analysis/layout/layout-report"
import { MAX_RECORD_BYTES } from "../../../analysis/layout/field-types"
import { UserError } from "../../../base/errors"
import { readText } from "../../../base/node/read-file"
import { allBoards } from "../../../boards/node/find-board"
import { loadCompiler } from "../../../compiler/node/load-compiler"
import { readTypes } from "../../../compiler/schema/read-types"
import { capacityFor } from "../../../model/heap/heap-memory"
import { filesAskedFor, showReport } from "../../../sinks/report-kind"
import { LAYOUT_REPORTS } from "../../../sinks/reports"
import { checkOutputs } from "../../check-outputs"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../../command-context"
import { styleFor } from "../../output"
import { addFileOptions } from "../../run-options"

interface LayoutFlags {
    align?: string
    count: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ echo 'interface Order { paid: bool; total: f32; id: u16; table: bits<5> }' > order.ts
  $ heapscope layout order.ts                      all records that the file declares
  $ heapscope layout order.ts Order --count 1,50,2000
  $ heapscope layout order.ts Order --align 64 --svg order.svg
  $ heapscope layout devs/station/wasteful.ts Dish     as a program without them has it

The types are exported, for the program that uses the records: import type { u16 } from "heapscope"`

/** Values of --count; more are no table any more. */
const MAX_COUNTS = 8
const MAX_COUNT = 1_000_000

export function addLayoutCommand(program: Command, act: Act): void {
    const command = program
        .command("layout")
        .description(
            "Lays out the interfaces and types of a file: as declared, reordered, packed, bit by bit; and says what many of them take on a board as objects, in buffers and in numbers. Fields are u8 u16 u24 u32 i8 i16 i24 i32 f32 f64 bool bits<5> text<16> array<u8, 4>, enums, other records, and unions of records; number, string and boolean are taken as the board has them.",
        )
        .argument("<file>", "a TypeScript file; nothing that it imports is read")
        .argument("[type]", "one of its interfaces and types (default: all)")
        .option("--align <bytes>", "as well: at multiples of so many bytes, 64 for a cache line")
        .option("--count <list>", "how many to keep on a board", "1,100,1000")
    addFileOptions(command, LAYOUT_REPORTS)
        .option("--json", "print the report as JSON")
        .option("--quiet", "do not say which files were written")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((file: string, type: string | undefined, flags: LayoutFlags) =>
            act(context => layout(file, type, flags, context)),
        )
}

async function layout(
    file: string,
    type: string | undefined,
    flags: LayoutFlags,
    { cwd, stdout, stderr }: CommandContext,
): Promise<ExitCode> {
    const align = flags.align === undefined ? undefined : readAlignment(flags.align)
    const counts = readCounts(flags.count)
    const files = filesAskedFor(LAYOUT_REPORTS, { ...flags })
    checkOutputs(cwd, files, { inputs: [file], json: flags.json })
    const text = readText(resolve(cwd, file), file, MAX_TEXT_BYTES)
    const { compiler, keepCode } = loadCompiler()
    const { types } = readTypes(compiler.typescript, text, file, type)
    const boards = [...allBoards(cwd)].map(({ id, heapBytes }) => ({
        ...{ id, heapBytes, capacityBytes: capacityFor(heapBytes) },
    }))
    const report = layoutReport(types, { file, counts, align, boards })
    await showReport(LAYOUT_REPORTS, report, {
        ...{ flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
    })
    keepCode()
    return EXIT.ok
}

/** More is no source that somebody wrote. */
const MAX_TEXT_BYTES = 4 << 20

function readAlignment(given: string): number {
    const align = Number(given)
    if (
        !/^\d+$/.test(given) ||
        align < 1 ||
        align > MAX_RECORD_BYTES ||
        !Number.isInteger(Math.log2(align))
    )
        throw new UserError("E_VALUE", `--align ${given}: must be a power of two, as 4 or 64.`)
    return align
}

function readCounts(given: string): number[] {
    const counts = given.split(",").map(one => (/^\d+$/.test(one) ? Number(one) : 0))
    if (counts.length > MAX_COUNTS || counts.some(count => count < 1 || count > MAX_COUNT))
        throw new UserError(
            "E_VALUE",
            `--count ${given}: must be up to ${MAX_COUNTS} numbers from 1 to 1,000,000, as 1,100,1000.`,
        )
    return counts
}
