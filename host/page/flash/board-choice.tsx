import { formatBytes } from "../../base/format-units"
import type { Board } from "../../boards/board"
import { Panel } from "../panels/panel"
import type { FlashState } from "./flash-state"

/** Which board it is. */
export function BoardChoice({ state }: { state: FlashState }) {
    const board = state.board.value
    const { boards } = state.offer.value!
    const chips = [...new Set(boards.map(({ chip }) => chip))].sort()
    return (
        <Panel title="1. The board">
            <label class="field">
                <span>It is a</span>
                <select
                    value={board?.id ?? ""}
                    disabled={state.isBusy}
                    onChange={event => state.choose(event.currentTarget.value)}
                >
                    <option value="" disabled>
                        choose one
                    </option>
                    {chips.map(chip => (
                        <optgroup key={chip} label={chip}>
                            {boards
                                .filter(one => one.chip === chip)
                                .map(({ id, name }) => (
                                    <option key={id} value={id}>
                                        {name} ({id})
                                    </option>
                                ))}
                        </optgroup>
                    ))}
                </select>
            </label>
            <p class="note">
                {board
                    ? about(board)
                    : "Boards with the same chip look the same before they have their firmware: its pins, LED and buttons are what the choice is for."}
            </p>
        </Panel>
    )
}

function about({ description, chip, flashBytes, heapBytes }: Board): string {
    const facts = `${chip}, ${formatBytes(flashBytes)} of flash, a heap of ${formatBytes(heapBytes)} for programs.`
    return description === undefined ? facts : `${description} ${facts}`
}
