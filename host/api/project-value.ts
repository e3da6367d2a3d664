import { UserError } from "../base/errors"
import type { ErrorCode } from "../base/error-codes"
import { lineOf } from "../base/place-in-literal"
import { shorten } from "../base/shorten"
import { demandTrust, type ProjectCode, type TrustOptions } from "../compiler/node/trusted-code"
import { defineConfig } from "./define-config"
import { defineScenario } from "./define-scenario"

/** Another file of the project, whose text nobody was asked about. */
const OWN_IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'`])\.{1,2}\/(.*?)\1/

/**
 * What a file of a project says: JSON is data; TypeScript and JavaScript are code, which runs when the user
 * trusts it, and what it exports as its default counts.
 * @param code of the failure, if it is one of the file's
 * @throws UserError with file and line where those are known
 */
export async function readProjectValue(
    file: ProjectCode,
    trust: TrustOptions,
    code: ErrorCode,
): Promise<unknown> {
    return file.name.endsWith(".json") ? parse(file, code) : run(file, trust, code)
}

function parse({ name, text }: ProjectCode, code: ErrorCode): unknown {
    try {
        return JSON.parse(text)
    } catch (error) {
        throw new UserError(code, `${name}: it is not JSON: ${shorten((error as Error).message)}.`)
    }
}

async function run(file: ProjectCode, trust: TrustOptions, code: ErrorCode): Promise<unknown> {
    const { name, path, text } = file
    const other = OWN_IMPORT.exec(text)
    if (other)
        throw new UserError(
            code,
            `${name}:${lineOf(text, other.index)}: it imports ./${other[2]}. What runs is what was trusted, this one file: put it there, or into a package.`,
        )
    await demandTrust(file, trust)
    const { createJiti } = await import("jiti")
    // What it keeps on disk it would run again without a look at who wrote it.
    const jiti = createJiti(path, {
        ...{ fsCache: false, moduleCache: false },
        virtualModules: { "heapscope/config": { defineConfig, defineScenario } },
    })
    try {
        const loaded: unknown = await jiti.evalModule(text, { filename: path, async: true })
        return (loaded as { default?: unknown } | undefined)?.default
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        const [, what = message, line] =
            /^ParseError: (.*?)\s*\n.*?(:\d+):\d+\s*$/.exec(message) ?? []
        throw new UserError(
            code,
            `${name}${line ?? ""}: it fails: ${shorten(what.split("\n")[0]!)}.`,
        )
    }
}
