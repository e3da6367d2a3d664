/**
 * A seed of its own for a part of the world, the same for the same name and seed: FNV-1a of both.
 * @returns a 32-bit number
 */
export function seedOf(seed: number, name: string): number {
    let hash = 0x811c9dc5 ^ seed
    for (const character of name)
        hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
    return (hash ^ (hash >>> 15)) >>> 0
}
