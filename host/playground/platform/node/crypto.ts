/** What is reached of `node:crypto`: SHA-256, at once. */
import { sha256 } from "@noble/hashes/sha2.js"
import { Buffer } from "buffer"

export function createHash(algorithm: string) {
    if (algorithm !== "sha256") throw new Error(`no ${algorithm} in a tab`)
    const hash = sha256.create()
    const made = {
        update(data: string | Uint8Array) {
            hash.update(typeof data === "string" ? new TextEncoder().encode(data) : data)
            return made
        },
        digest(encoding?: "hex") {
            const bytes = Buffer.from(hash.digest())
            return encoding === undefined ? bytes : bytes.toString(encoding)
        },
    }
    return made
}
