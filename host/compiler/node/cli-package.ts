import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { UserError } from "../../base/errors"
import { CLI_VERSION } from "../cli-version"

/** The official command line as installed with this package: the compiler and the VM. */
export interface CliPackage {
    /** Absolute path of its bundle. */
    bundle: string
    version: string
}

/**
 * Finds the official command line this package depends on, as seen from one of its modules.
 * @throws UserError when there is none, or another release
 */
export function findCli(from: string = import.meta.url): CliPackage {
    let manifest: string
    try {
        manifest = createRequire(from).resolve("@devicescript/cli/package.json")
    } catch {
        throw new UserError(
            "E_COMPILER_MISSING",
            `The DeviceScript compiler is not installed: @devicescript/cli ${CLI_VERSION} is expected beside this package. Run "npm ci" again.`,
        )
    }
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string }
    const bundle = join(dirname(manifest), "built", "devicescript-cli.cjs")
    if (version !== CLI_VERSION || !existsSync(bundle))
        throw new UserError(
            "E_COMPILER_MISSING",
            `@devicescript/cli ${CLI_VERSION} is expected, but ${version} was found in ${dirname(manifest)}. Install exactly ${CLI_VERSION}.`,
        )
    return { bundle, version }
}
