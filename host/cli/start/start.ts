import { join } from "node:path"
import { optimizeLater } from "../../base/node/optimize-later"
import { keepYoungSpaceSmall } from "../../base/node/young-space"
import { codeIdOf, keepCode, requireKept } from "../../compiler/node/kept-code"
import { wasKept } from "../kept-arguments"
import { printMadeHelp } from "./made-help"
import { wantedCommand } from "./wanted-command"

/** What looks whether a report is kept: a tenth of the command line, which starts so much sooner. */
interface KeptBundle {
    main(codeId: string): Promise<boolean>
}

/** The command line, as it is bundled beside this file. */
interface Bundle {
    main(codeId?: string): Promise<void>
}

/** Exit code of wrong use: what was called so has no code worth keeping. */
const WRONG_USE = 2
/** Most commands are over by then, in milliseconds. */
const SHORT_MS = 3000

const wanted = wantedCommand(process.argv.slice(2))
if (
    process.argv.length === 3 &&
    ["--help", "-h"].includes(process.argv[2]!) &&
    printMadeHelp(__dirname)
)
    process.exitCode = 0
else if (wanted === undefined) void (module.require("./list.cjs") as Bundle).main()
else void runCommand(/^[a-z]+$/.test(wanted) ? wanted : "help")

async function runCommand(name: string): Promise<void> {
    const file = join(__dirname, "command.cjs")
    const codeId = codeIdOf(file)
    if (name === "sim" && codeId !== undefined && (await printKept(codeId))) return
    optimizeLater()
    const flagsAsNow = keepYoungSpaceSmall(SHORT_MS)
    const command = requireKept(file, name) as Bundle
    await command.main(codeId)
    if (process.exitCode === WRONG_USE) return
    flagsAsNow()
    keepCode()
}

async function printKept(codeId: string): Promise<boolean> {
    const args = process.argv.slice(2)
    if (!args.includes("--json") || !wasKept(args, process.cwd())) return false
    const { main } = requireKept(
        join(__dirname, "kept.cjs"),
        "kept",
        process.versions.v8,
        module.require.bind(module) as NodeJS.Require,
    ) as KeptBundle
    const isPrinted = await main(codeId)
    if (isPrinted) keepCode()
    return isPrinted
}
