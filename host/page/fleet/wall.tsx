import { formatCount, formatCountOf } from "../../base/format-units"
import { CONDITIONS, type Condition, type WallBoard } from "../../documents/fleet/fleet-wall"
import { Icon } from "../panels/icon"
import { BoardTile } from "./board-tile"
import { Deaths } from "./deaths"
import { MAX_SHOWN, type WallState } from "./wall-state"

const TITLES = {
    connecting: ["Connecting", "Waiting for the command that serves this page."],
    lost: [
        "The command has ended",
        "Start it again, and open the address that it prints: each run has one of its own.",
    ],
    refused: [
        "Not this address",
        "This is not the address that the command has printed. Open the one that it prints, with all that is behind the #.",
    ],
    open: ["", ""],
} as const

const SUMMARY: Readonly<Record<Condition, string>> = {
    ...{ gone: "gone", died: "died", full: "nearly full", holes: "broken up" },
    ...{ new: "without figures", fine: "fine" },
}

/** The whole page: all boards, the worst first. */
export function Wall({ state }: { state: WallState }) {
    const wall = state.wall.value
    const phase = state.phase.value
    if (!wall || phase === "refused") {
        const [title, text] = TITLES[phase]
        return (
            <main class={`empty ${phase}`}>
                <p class="brand">Heapscope</p>
                <h1>{title || "Connecting"}</h1>
                <p role="status">{text}</p>
            </main>
        )
    }
    const wanted = state.wanted.value
    const shown = state.showsAll.value ? wanted : wanted.slice(0, MAX_SHOWN)
    const rest = wanted.length - shown.length
    return (
        <>
            <header class="bar">
                <div class="what">
                    <h1>Fleet</h1>
                    <p class="note">{summary(wall.boards)}</p>
                </div>
                <div class="tools filter">
                    <label>
                        Find{" "}
                        <input
                            type="search"
                            value={state.filter.value}
                            onInput={({ currentTarget }) =>
                                (state.filter.value = currentTarget.value)
                            }
                        />
                    </label>
                    <button
                        class="tool"
                        type="button"
                        aria-label={state.theme.value === "dark" ? "Light" : "Dark"}
                        onClick={() => state.turnTheme()}
                    >
                        <Icon name={state.theme.value === "dark" ? "sun" : "moon"} />
                    </button>
                </div>
                <p class={`told ${phase === "open" ? "" : "bad"}`} role="status">
                    {phase === "lost" &&
                        "the command has ended, or cannot be reached: what is shown is of then"}
                </p>
            </header>
            <main class={`fleet ${phase === "open" ? "" : "of-then"}`}>
                {wanted.length === 0 && (
                    <p class="nothing">
                        {wall.boards.length === 0
                            ? "No board has been heard of yet."
                            : "No board is called so."}
                    </p>
                )}
                <ol class="wall" aria-label="Boards, the worst first" onKeyDown={walk}>
                    {shown.map(board => (
                        <BoardTile
                            key={board.name}
                            board={board}
                            token={state.token}
                            nowMs={wall.atMs}
                        />
                    ))}
                </ol>
                {rest > 0 && (
                    <button type="button" onClick={() => (state.showsAll.value = true)}>
                        Show the other {formatCount(rest)}
                    </button>
                )}
                <Deaths deaths={wall.deaths} token={state.token} />
            </main>
        </>
    )
}

function summary(boards: readonly WallBoard[]): string {
    const parts = CONDITIONS.flatMap(condition => {
        const count = boards.filter(board => board.condition === condition).length
        return count === 0 ? [] : [`${formatCount(count)} ${SUMMARY[condition]}`]
    })
    return [formatCountOf(boards.length, "board"), ...parts].join(" · ")
}

/** From tile to tile by the arrows: they are in as many columns as the window has room for. */
function walk(event: KeyboardEvent): void {
    const tiles = [...document.querySelectorAll<HTMLElement>(".board-tile")]
    const at = tiles.findIndex(tile => tile === document.activeElement)
    const top = (tile: HTMLElement) => tile.getBoundingClientRect().top
    const columns = tiles.filter(tile => top(tile) === top(tiles[0]!)).length
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    const to = at < 0 || by === undefined ? undefined : tiles[at + by]
    if (!to) return
    event.preventDefault()
    to.focus()
}
