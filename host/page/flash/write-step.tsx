import { formatPercent } from "../../base/format-units"
import type { Board } from "../../boards/board"
import type { Firmware } from "../../boards/images/firmware"
import { saveFile } from "../keep/save-file"
import { Panel } from "../panels/panel"
import type { FlashState } from "./flash-state"
import { hasSerial } from "../../link/web-serial/choose-port"
import { hasDrives } from "./pick"

/** What browsers can do it. */
const OTHERS = "Chrome, Edge and Opera on a computer do: open this address in one of them"

/** Into the boot mode, and written. */
export function WriteStep({ state }: { state: FlashState }) {
    const board = state.board.value
    return (
        <Panel title="3. Onto the board">
            {board ? (
                <Writing state={state} board={board} />
            ) : (
                <p class="note">Choose the board first.</p>
            )}
        </Panel>
    )
}

function Writing({ state, board }: { state: FlashState; board: Board }) {
    const { bootMode, image } = board.firmware
    const firmware = state.firmware.value
    const isDrive = image.format === "uf2"
    const can = isDrive ? hasDrives() : hasSerial()
    const stage = state.stage.value
    if (stage.kind === "working") return <Progress state={state} {...stage} />
    if (stage.kind === "written") return <Written state={state} text={stage.text} />
    return (
        <>
            <h3 class="pale">Put it into its boot mode</h3>
            <ol class="steps">
                {bootMode.enter.map(step => (
                    <li key={step}>{step}</li>
                ))}
            </ol>
            {!can && <Without board={board} />}
            <p class="field">
                {can && (
                    <button
                        type="button"
                        class="main"
                        disabled={!firmware}
                        onClick={() => void state.flash()}
                    >
                        {isDrive
                            ? `Choose the drive ${bootMode.volume} and write`
                            : "Choose the port and flash"}
                    </button>
                )}
                {isDrive && (
                    <button
                        type="button"
                        disabled={!firmware}
                        onClick={() => firmware && save(board, firmware)}
                    >
                        Save the file instead
                    </button>
                )}
            </p>
            {isDrive && !can && hasSerial() && (
                <p class="field">
                    <button type="button" onClick={() => void state.watch()}>
                        It is copied: choose its port and watch
                    </button>
                </p>
            )}
            {!isDrive && can && <AnyPort state={state} />}
            {!firmware && <p class="note">The firmware of step 2 is not ready yet.</p>}
            <p role="alert" class="bad outcome">
                {stage.kind === "failed" && stage.text}
            </p>
        </>
    )
}

function Progress({ state, text, part }: { state: FlashState; text: string; part?: number }) {
    return (
        <>
            <p role="status">{text}.</p>
            <p class="field">
                <progress aria-label={text} {...(part !== undefined && { value: part })} />
                {part !== undefined && <span class="note">{formatPercent(part)}</span>}
            </p>
            <p class="field">
                <button type="button" onClick={() => state.cancel()}>
                    Break off
                </button>
                <span class="note">Leave the cable where it is.</span>
            </p>
        </>
    )
}

function Written({ state, text }: { state: FlashState; text: string }) {
    return (
        <>
            <p role="status" class="good outcome">
                {text}
            </p>
            {hasSerial() ? (
                <>
                    <p class="field">
                        <button type="button" class="main" onClick={() => void state.watch()}>
                            Choose its port and watch
                        </button>
                    </p>
                    <AnyPort state={state} />
                </>
            ) : (
                <p class="note">
                    To watch it from a terminal: <code>heapscope watch --port auto</code>
                </p>
            )}
        </>
    )
}

function AnyPort({ state }: { state: FlashState }) {
    return (
        <label class="field with-box">
            <input
                type="checkbox"
                checked={state.anyPort.value}
                onChange={event => (state.anyPort.value = event.currentTarget.checked)}
            />
            show all ports, not only those that this board has
        </label>
    )
}

/** What to do in a browser that cannot. */
function Without({ board }: { board: Board }) {
    const { bootMode, image } = board.firmware
    const command = <code>heapscope flash --board {board.id}</code>
    return image.format === "uf2" ? (
        <p class="note outcome">
            This browser does not let a page write to a drive (File System Access). {OTHERS}. Or
            save the file and copy it to the drive {bootMode.volume} yourself; or, in a terminal:{" "}
            {command}
        </p>
    ) : (
        <p class="note outcome">
            This browser does not let a page use a serial port (Web Serial). {OTHERS}; or, in a
            terminal: {command}
        </p>
    )
}

function save({ id }: Board, { file }: Firmware): void {
    saveFile(`${id}.uf2`, new Blob([file]))
}
