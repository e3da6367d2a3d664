import { existsSync } from "node:fs"
import { dirname, relative, resolve, sep } from "node:path"
import type { Command } from "commander"
import { UserError } from "../../../base/errors"
import { readText } from "../../../base/node/read-file"
import { checkWritable, writeWhole } from "../../../base/node/write-file"
import { GENERATED_BY, generateCode, generatedFile } from "../../../compiler/generate/generate-file"
import type { RecordLayout } from "../../../compiler/generate/records/record-fields"
import { isTableFile } from "../../../compiler/generate/tables/generate-table"
import { loadCompiler } from "../../../compiler/node/load-compiler"
import type { GeneratedFile, GenerateReport } from "../../../documents/layout/generate-report"
import { showReport } from "../../../sinks/report-kind"
import { GENERATE_REPORTS } from "../../../sinks/reports"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../../command-context"
import { styleFor } from "../../output"

interface GenerateFlags {
    out?: string
    host?: string
    layout: string
    table?: boolean
    key?: string
    check?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ echo 'interface Order { id: u24; table: bits<5>; paid: bool }' > order.ts
  $ heapscope generate order.ts                    order.generated.ts, for the board
  $ heapscope generate order.ts Order --layout bits --host order.host.ts
  $ printf 'name,price,minutes\\nSoup,4.50,5\\nRoast,16.90,20\\n' > menu.csv
  $ heapscope generate menu.csv --key name,price   menuPrice(1), findMenuByName("Soup"): in flash
  $ heapscope generate menu.csv --key name,price --check      in CI: 1 when it is out of date

On the board: import { orderTable, setOrderTable, ORDER_BYTES } from "./order.generated"`

const LAYOUTS = ["packed", "bits", "c"]
/** More is no source that somebody wrote. */
const MAX_TEXT_BYTES = 4 << 20

export function addGenerateCommand(program: Command, act: Act): void {
    program
        .command("generate")
        .description(
            "Makes functions that read and write the records of a file in a buffer, by the types that `heapscope layout` reads: for the board, and the same bytes in Node and the browser. Of JSON, CSV or a constant in TypeScript it makes a table in flash, which takes no heap: a function for each column, and one to find a row. Functions that a program does not call are not in it.",
        )
        .argument("<file>", "declarations in TypeScript, or a table: .json, .csv, .tsv")
        .argument("[name]", "one of its types, or the table's name (default: all; the file's)")
        .option("--out <file>", "the board's code (default: <file> with .generated.ts at its end)")
        .option("--host <file>", "as well: the code for Node and the browser")
        .option(
            "--layout <kind>",
            "where fields are: packed (in whole bytes), bits (bit after bit) or c (as C and Rust's repr(C))",
            "packed",
        )
        .option("--table", "the file's constant is a table: an array of objects")
        .option(
            "--key <columns>",
            "columns that a row is found by, with commas between (default: the first, if its values are all different)",
        )
        .option("--check", "write nothing; end with 1 when a file is not what would be written")
        .option("--json", "print the report as JSON")
        .option("--quiet", "print nothing but what is wrong")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((file: string, name: string | undefined, flags: GenerateFlags) =>
            act(context => generate(file, name, flags, context)),
        )
}

async function generate(
    file: string,
    name: string | undefined,
    flags: GenerateFlags,
    { cwd, stdout, stderr }: CommandContext,
): Promise<ExitCode> {
    const isTable = !!flags.table || isTableFile(file)
    const { layout } = flags
    if (!LAYOUTS.includes(layout))
        throw new UserError("E_VALUE", `--layout ${layout}: must be packed, bits or c.`)
    if (flags.key !== undefined && !isTable)
        throw new UserError("E_FLAG_CONFLICT", "--key is for tables: add --table, or leave it out.")
    const targets = targetsOf(file, flags, cwd)
    const text = readText(resolve(cwd, file), file, MAX_TEXT_BYTES)
    const { compiler, keepCode } = loadCompiler()
    const { code, facts } = generateCode(compiler.typescript, {
        ...{ text, file, name, isTable, layout: layout as RecordLayout },
        keys: flags.key?.split(",").map(key => key.trim()),
    })
    const whole = targets.map(target => {
        const from = relative(dirname(target.path), resolve(cwd, file)).split(sep).join("/")
        const content = generatedFile(code[target.for], from)
        return { ...target, content, isSame: before(target) === content }
    })
    if (!flags.check)
        for (const { path, content, isSame } of whole) if (!isSame) await writeWhole(path, content)
    const outputs = whole.map(({ isSame, ...target }): GeneratedFile => ({
        ...{ for: target.for, file: target.file },
        state: isSame ? "unchanged" : stateOf(!!flags.check, target.isThere),
    }))
    const report: GenerateReport = { schema: "heapscope/generate@1", file, outputs, ...facts }
    const isWrong = !!flags.check && outputs.some(({ state }) => state !== "unchanged")
    if (!flags.quiet || flags.json)
        await showReport(GENERATE_REPORTS, report, {
            ...{ flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
        })
    if (isWrong) stderr.write(`heapscope: run ${again(file, name, flags)}\n`)
    keepCode()
    return isWrong ? EXIT.failed : EXIT.ok
}

interface Target extends Pick<GeneratedFile, "for" | "file"> {
    path: string
    isThere: boolean
}

/** @throws UserError for a file that is not to be written to */
function targetsOf(file: string, { out, host, check }: GenerateFlags, cwd: string): Target[] {
    const board = out ?? `${file.replace(/\.[^./\\]*$/, "")}.generated.ts`
    const targets = [
        { for: "board" as const, file: board, flag: "--out" },
        ...(host === undefined ? [] : [{ for: "host" as const, file: host, flag: "--host" }]),
    ].map(target => ({ ...target, path: resolve(cwd, target.file) }))
    if (targets.length > 1 && targets[0]!.path === targets[1]!.path)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--host ${host} is the board's, too. Name another file.`,
        )
    return targets.map(({ flag, ...target }) => {
        const isThere = existsSync(target.path)
        if (target.path === resolve(cwd, file))
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flag} ${target.file} is what the command reads.`,
            )
        if (isThere && !before(target).startsWith(GENERATED_BY))
            throw new UserError(
                "E_NOT_GENERATED",
                `${target.file} is there and was not made by heapscope generate: name another file with ${flag}.`,
            )
        if (!check) checkWritable(target.path)
        return { ...target, isThere }
    })
}

/** What is in a file now; nothing where there is none. */
function before({ path, file }: Pick<Target, "path" | "file">): string {
    return existsSync(path) ? readText(path, file) : ""
}

function stateOf(isCheck: boolean, isThere: boolean): GeneratedFile["state"] {
    if (!isCheck) return "written"
    return isThere ? "outOfDate" : "missing"
}

/** The command that would bring the files up to date. */
function again(file: string, name: string | undefined, flags: GenerateFlags): string {
    const given = [
        ...["heapscope generate", file, ...(name === undefined ? [] : [name])],
        ...(flags.out === undefined ? [] : ["--out", flags.out]),
        ...(flags.host === undefined ? [] : ["--host", flags.host]),
        ...(flags.layout === "packed" ? [] : ["--layout", flags.layout]),
        ...(flags.table ? ["--table"] : []),
        ...(flags.key === undefined ? [] : ["--key", flags.key]),
    ]
    return given.join(" ")
}
