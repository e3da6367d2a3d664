import { formatBytesExact } from "../../base/format-units"
import type { Firmware } from "../../boards/images/firmware"
import { Panel } from "../panels/panel"
import type { FlashState } from "./flash-state"

const STORAGE: Readonly<Record<Firmware["storage"], string>> = {
    kept: "The programs and settings on the board stay.",
    erased: "Nothing stays of the programs and settings on the board.",
    overwritten: "The programs and settings on the board are overwritten: the file holds others.",
}

const CONFIGURATION: Readonly<Record<Firmware["configuration"], string>> = {
    "put in": "The board's configuration is put in.",
    replaced: "The board's configuration replaces the one that was in it.",
    "already there": "The board's configuration is in it already.",
}

/** Which firmware, and what it would write where. */
export function FirmwareChoice({ state }: { state: FlashState }) {
    const board = state.board.value
    const { firmware: named } = state.offer.value!
    const isFile = state.from.value === "file"
    const isOff = !board || state.isBusy || state.isReading.value
    const kind = board?.firmware.image.format === "uf2" ? ".uf2" : ".bin"
    return (
        <Panel title="2. The firmware">
            <fieldset class="field" disabled={isOff}>
                <legend class="unseen">Where the firmware is from</legend>
                <label>
                    <input
                        type="radio"
                        name="from"
                        checked={!isFile}
                        onChange={() => state.take("command")}
                    />
                    {named ?? "the official release"}
                </label>
                <label>
                    <input
                        type="radio"
                        name="from"
                        checked={isFile}
                        onChange={() => state.take("file")}
                    />
                    a file of mine
                </label>
            </fieldset>
            {isFile ? (
                <label class="field">
                    <span>The {kind} file</span>
                    <input
                        type="file"
                        accept=".uf2,.bin"
                        disabled={isOff}
                        onChange={({ currentTarget: { files } }) =>
                            files?.[0] && void state.readFile(files[0])
                        }
                    />
                </label>
            ) : (
                <p class="field">
                    <button type="button" disabled={isOff} onClick={() => void state.download()}>
                        {named === undefined ? "Download it" : "Read it"}
                    </button>
                </p>
            )}
            <label class="field with-box">
                <input
                    type="checkbox"
                    checked={state.erase.value}
                    disabled={isOff}
                    onChange={event => state.setErase(event.currentTarget.checked)}
                />
                leave nothing of the programs and settings on the board
            </label>
            <div role="status">
                {state.isReading.value && <p class="note">Reading the firmware.</p>}
                {state.refusal.value && <p class="bad">{state.refusal.value}</p>}
                {state.firmware.value && (
                    <Parts firmware={state.firmware.value} name={state.read.value!.name} />
                )}
            </div>
        </Panel>
    )
}

/** What is written, by address. */
function Parts({ firmware, name }: { firmware: Firmware; name: string }) {
    return (
        <>
            <p class="note">
                {name} is whole, and for this chip. {CONFIGURATION[firmware.configuration]}{" "}
                {STORAGE[firmware.storage]}
            </p>
            <div class="scroll">
                <table>
                    <caption class="unseen">What is written where</caption>
                    <thead>
                        <tr>
                            <th scope="col">At</th>
                            <th scope="col">What is written</th>
                            <th scope="col" class="number">
                                Bytes
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {firmware.parts.map(({ address, what, bytes }) => (
                            <tr key={`${address} ${what}`}>
                                <td>
                                    <code>0x{address.toString(16)}</code>
                                </td>
                                <td>{what}</td>
                                <td class="number">{formatBytesExact(bytes)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </>
    )
}
