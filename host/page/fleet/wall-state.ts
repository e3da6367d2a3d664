import { computed, signal } from "@preact/signals"
import type { FleetWall, WallBoard } from "../../documents/fleet/fleet-wall"
import { askWall } from "./ask-wall"
import { applyTheme, systemTheme, type Theme } from "../theme"

/** From one look at the fleet to the next, in milliseconds. */
const LOOK_MS = 2000
/** So many boards are drawn unless somebody wants all. */
export const MAX_SHOWN = 200

/** - `refused`: the page's address is not the one that the command printed. */
export type WallPhase = "connecting" | "open" | "lost" | "refused"

/** What the wall shows. */
export class WallState {
    readonly phase = signal<WallPhase>("connecting")
    readonly wall = signal<FleetWall | undefined>(undefined)
    readonly theme = signal<Theme>(systemTheme())
    /** Part of the names of the boards that are shown, or of what they are. */
    readonly filter = signal("")
    readonly showsAll = signal(false)
    /** The boards that are wanted, the worst first. */
    readonly wanted = computed<readonly WallBoard[]>(() => {
        const part = this.filter.value.trim().toLowerCase()
        const boards = this.wall.value?.boards ?? []
        if (part === "") return boards
        return boards.filter(({ name, board, condition }) =>
            [name, board, condition].some(text => text.toLowerCase().includes(part)),
        )
    })

    constructor(readonly token: string) {}

    /** Looks at the fleet now, and from now on. */
    start(): void {
        void this.look()
    }

    turnTheme(): void {
        this.theme.value = this.theme.value === "dark" ? "light" : "dark"
        applyTheme(this.theme.value)
    }

    private async look(): Promise<void> {
        // A tab that nobody sees asks for nothing.
        if (!document.hidden) await this.ask()
        setTimeout(() => void this.look(), LOOK_MS)
    }

    private async ask(): Promise<void> {
        try {
            const wall = await askWall(this.token)
            if (wall) this.wall.value = wall
            this.phase.value = wall ? "open" : "refused"
        } catch {
            this.phase.value = "lost"
        }
    }
}
