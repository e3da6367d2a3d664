/** Google's Snappy, its block format, which has no types of its own. */
declare module "snappyjs" {
    export function compress(bytes: Uint8Array): Uint8Array
    export function uncompress(bytes: Uint8Array, maxBytes?: number): Uint8Array
}
