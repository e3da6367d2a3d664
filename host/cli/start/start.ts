import { join } from "node:path"
import { optimizeLater } from "../../base/node/optimize-later"
import { keepCode, requireKept } from "../../compiler/node/kept-code"
import { wantedCommand } from "./wanted-command"

/** The command line, as it is bundled beside this file. */
interface Bundle {
    main(): Promise<void>
}

/** Exit code of wrong use: what was called so has no code worth keeping. */
const WRONG_USE = 2

const wanted = wantedCommand(process.argv.slice(2))
if (wanted === undefined) void (module.require("./list.cjs") as Bundle).main()
else void runCommand(/^[a-z]+$/.test(wanted) ? wanted : "help")

async function runCommand(name: string): Promise<void> {
    optimizeLater()
    const command = requireKept(join(__dirname, "command.cjs"), name) as Bundle
    await command.main()
    if (process.exitCode !== WRONG_USE) keepCode()
}
