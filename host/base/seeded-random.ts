/**
 * Bytes that look random and are the same for the same seed: the simulated board's entropy.
 * The generator is Marsaglia's xorshift32, which never reaches 0 from another state.
 */
export class SeededRandom {
    private state: number

    /** @param seed any 32-bit number; 0 is replaced, since xorshift stays at 0 */
    constructor(seed: number) {
        this.state = seed >>> 0 || 0x9e3779b9
    }

    fill(target: Uint8Array): void {
        for (let i = 0; i < target.length; i++) target[i] = this.next() >>> 24
    }

    /** @returns a number from 0 up to, but not including, 1 */
    fraction(): number {
        return this.next() / 2 ** 32
    }

    private next(): number {
        let state = this.state
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        return (this.state = state >>> 0)
    }
}
