import { formatPercent } from "../../base/format-units"
import { App } from "../../page/app"
import type { RealBoard } from "./real-board"
import { describePort } from "./serial-ports"
import type { WatchedPage } from "./watched-page"

/** A real board: its port, what may be done with it, and its live page. */
export function RealBoardView({ board }: { board: RealBoard }) {
    const { value: stage } = board.stage
    const { value: trouble } = board.trouble
    const { value: deployed } = board.deployed
    return (
        <div class="real-board">
            <section class="panel board-bar" aria-label="Real board">
                {stage.kind === "working" ? <Working board={board} {...stage} /> : null}
                {stage.kind !== "working" && board.isPossible && <Choices board={board} />}
                <div role="alert">
                    {trouble && (
                        <p class="bad outcome">
                            <strong>{trouble.title}.</strong> {trouble.text}
                        </p>
                    )}
                    {stage.kind === "watching" && <Connection page={stage.page} />}
                </div>
                <div role="status">
                    {deployed && (
                        <>
                            <p class={`outcome ${deployed.hasDied ? "bad" : "good"}`}>
                                {deployed.headline}
                            </p>
                            <ul class="note details">
                                {deployed.details.map(detail => (
                                    <li key={detail}>{detail}</li>
                                ))}
                            </ul>
                        </>
                    )}
                    {stage.kind === "watching" && board.note.value && (
                        <p class="note">{board.note.value}</p>
                    )}
                </div>
            </section>
            {stage.kind === "watching" && <App key={stage.page} state={stage.page.state} />}
        </div>
    )
}

/** What may be done now. */
function Choices({ board }: { board: RealBoard }) {
    const { value: port } = board.port
    const isWatching = board.stage.value.kind === "watching"
    const again = port && !board.before.value.includes(port) ? [port] : []
    const before = isWatching ? [] : [...again, ...board.before.value]
    return (
        <>
            {!isWatching && (
                <p class="note">
                    A board with DeviceScript, on a cable: watch its heap as it is, put this program
                    on it, and take an exact snapshot of all that is on its heap.
                </p>
            )}
            <p class="field">
                {before.map(known => (
                    <button
                        key={known}
                        type="button"
                        class="main"
                        onClick={() => void board.connect(known)}
                    >
                        Watch {describePort(known)}
                    </button>
                ))}
                <button
                    type="button"
                    class={before.length > 0 || isWatching ? "" : "main"}
                    onClick={() => void board.choose()}
                >
                    {port || before.length > 0 ? "Choose another port" : "Choose its port"}
                </button>
                <button
                    type="button"
                    class={isWatching ? "main" : ""}
                    onClick={() => void board.deploy()}
                >
                    Put this program on it
                </button>
                {isWatching && (
                    <button type="button" onClick={() => void board.leave()}>
                        Disconnect
                    </button>
                )}
                <label class="with-box">
                    <input
                        type="checkbox"
                        checked={board.anyPort.value}
                        onChange={event => (board.anyPort.value = event.currentTarget.checked)}
                    />
                    show all ports
                </label>
            </p>
        </>
    )
}

function Working({ board, text, part }: { board: RealBoard; text: string; part?: number }) {
    return (
        <>
            <p role="status">{text}.</p>
            <p class="field">
                <progress aria-label={text} {...(part !== undefined && { value: part })} />
                {part !== undefined && <span class="note">{formatPercent(part)}</span>}
                <button type="button" onClick={() => board.cancel()}>
                    Break off
                </button>
            </p>
        </>
    )
}

/** What there is to say of a connection that is not well. */
function Connection({ page: { state } }: { page: WatchedPage }) {
    void state.frame.value
    const link = state.history.value?.model.link
    if (link?.phase !== "lost" && link?.phase !== "silent") return null
    return (
        <p class="bad outcome">
            <strong>
                {link.phase === "lost" ? "The board is gone." : "The board has gone silent."}
            </strong>{" "}
            {link.phase === "lost"
                ? "It was unplugged or reset, or its port is taken by another tab or program. As soon as it can be reached, this goes on by itself. If it is plugged in and does not, choose its port again."
                : "Its port is there, and nothing comes from it: it may be busy, halted or in its boot mode. As soon as it talks, this goes on by itself; else press its reset button."}
        </p>
    )
}
