import { DISH_BITS, MAX_DISHES, type Guest } from "./guest"

// How many guests come one by one before a rush, and in a rush: at least, and up to how many more.
const CALM_GUESTS = 36
const CALM_SPREAD = 28
const RUSH_GUESTS = 16
const RUSH_SPREAD = 12
// Steps from one guest to the next, likewise.
const CALM_GAP = 4
const CALM_GAP_SPREAD = 4
const RUSH_GAP = 1
const RUSH_GAP_SPREAD = 2

/**
 * The town outside, so that the station lives without hardware: guests come one by one for a while,
 * then in a rush, again and again. The same seed brings the same guests on every board.
 */
export class Rush {
    private inRush: boolean = false
    private guestsLeft: number = CALM_GUESTS >> 2
    private stepsLeft: number = CALM_GAP

    /**
     * @param random The seed, an integer other than 0; from then on the state of a xorshift generator.
     * @param menuRows How many dishes there are to choose from.
     */
    constructor(
        private random: number,
        private menuRows: number,
    ) {}

    /** One step in time. @returns whether a guest came, who is then described in `guest` */
    arrives(guest: Guest): boolean {
        if (--this.stepsLeft > 0) return false
        if (--this.guestsLeft < 0) {
            this.inRush = !this.inRush
            this.guestsLeft = this.inRush
                ? RUSH_GUESTS + this.below(RUSH_SPREAD)
                : CALM_GUESTS + this.below(CALM_SPREAD)
        }
        this.stepsLeft = this.inRush
            ? RUSH_GAP + this.below(RUSH_GAP_SPREAD)
            : CALM_GAP + this.below(CALM_GAP_SPREAD)
        guest.dishes = 0
        for (let i = this.below(MAX_DISHES); i >= 0; i--)
            guest.dishes = (guest.dishes << DISH_BITS) | (1 + this.below(this.menuRows))
        guest.priority = this.below(16)
        guest.urgent = this.below(8) === 0
        guest.takeout = this.below(4) === 0
        guest.wish = this.below(1000)
        return true
    }

    /** A random integer from 0 to `limit` - 1. */
    private below(limit: number): number {
        let bits = this.random
        bits ^= bits << 13
        bits ^= bits >>> 17
        bits ^= bits << 5
        this.random = bits
        // The VM's % works on 32 bits and a sign: without the shift half the results came out negative.
        return (bits >>> 1) % limit
    }
}
