/** An address or identifier as people write it: `0x10000`. */
export function formatAddress(value: number): string {
    return `0x${value.toString(16)}`
}
