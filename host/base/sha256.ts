import { toHex } from "./hex"

/** SHA-256 (FIPS 180-4) as 64 lower-case hex digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))
    return toHex(new Uint8Array(digest))
}
