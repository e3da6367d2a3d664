import { existsSync } from "node:fs"
import { join } from "node:path"
import { readText } from "../../base/node/read-file"
import type { Settings } from "../../model/program/program"

/** The second overrides the first. Values are secret in the second, which is not to be committed. */
const FILES = [".env.defaults", ".env.local"]
/** The board's `settings` service ignores longer ones (`MAX_KEY_SIZE` in jacdac-c's `settings.c`). Bytes. */
const MAX_NAME_BYTES = 14
const MAX_FILE_BYTES = 1 << 20

/**
 * The settings a project gives its boards, read as the official compiler reads them (`dotenv.ts`):
 * `NAME=value` a line, the value JSON or else a text, and no line with a `#` in it. They are kept in
 * no cache: some are passwords.
 */
export function readSettings(project: string): Settings {
    const settings = new Map<string, Uint8Array>()
    for (const file of FILES) {
        for (const line of textOf(join(project, file)).split(/\r?\n/)) {
            const [, name, value] = /^([^=]+)\s*=([^#]*)$/.exec(line) ?? []
            if (!name || Buffer.byteLength(name) > MAX_NAME_BYTES) continue
            if (value) settings.set(name, new TextEncoder().encode(asJson(value)))
            else settings.delete(name)
        }
    }
    return settings
}

function asJson(value: string): string {
    try {
        return JSON.stringify(JSON.parse(value))
    } catch {
        return JSON.stringify(value)
    }
}

function textOf(file: string): string {
    return existsSync(file) ? readText(file, file, MAX_FILE_BYTES) : ""
}
