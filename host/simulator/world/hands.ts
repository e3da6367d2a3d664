/** How long somebody holds a button, in simulated milliseconds. */
const PRESS_MS = 180
/** How long somebody takes for one click of a knob, in simulated milliseconds. */
const CLICK_MS = 90

/** What who watches does to the buttons and knobs of the world, beside what happens there by itself. */
export class Hands {
    private pressedUntilMs = -Infinity
    /** Where the knobs are turned to, and from where since when; in clicks. */
    private turning = { fromClicks: 0, toClicks: 0, sinceMs: 0 }
    private readonly onPress: (() => void)[] = []
    private readonly onTurn: ((clicks: number) => void)[] = []

    /** @param nowMs the board's time */
    constructor(private readonly nowMs: () => number) {}

    /** Presses every button for a moment. */
    press(): void {
        this.pressedUntilMs = this.nowMs() + PRESS_MS
        for (const action of this.onPress) action()
    }

    /** Turns every knob by so many clicks, one after the other; back by less than none. */
    turn(clicks: number): void {
        this.turning = {
            fromClicks: this.clicks,
            toClicks: this.turning.toClicks + clicks,
            sinceMs: this.nowMs(),
        }
        for (const action of this.onTurn) action(clicks)
    }

    get isPressing(): boolean {
        return this.nowMs() < this.pressedUntilMs
    }

    /** How far the knobs are turned now, in clicks and parts of one. */
    get clicks(): number {
        const { fromClicks, toClicks, sinceMs } = this.turning
        const way = toClicks - fromClicks
        const gone = Math.min(Math.abs(way), (this.nowMs() - sinceMs) / CLICK_MS)
        return fromClicks + Math.sign(way) * gone
    }

    /** @param action presses a device's button, and lets it go after so many milliseconds */
    whenPressed(action: (heldMs: number) => void): void {
        this.onPress.push(() => action(PRESS_MS))
    }

    /** @param action turns a device's knob by so many clicks, each of which takes so many milliseconds */
    whenTurned(action: (clicks: number, clickMs: number) => void): void {
        this.onTurn.push(clicks => action(clicks, CLICK_MS))
    }
}
