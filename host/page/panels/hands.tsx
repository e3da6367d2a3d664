import { useState } from "preact/hooks"
import type { WorldControlled } from "../../model/controls"
import type { PageState } from "../page-state"
import { Icon } from "./icon"
import { Panel } from "./panel"

/** A slider has so many places. */
const PLACES = 200

/** The buttons, knobs and sensors of the simulated world, to be pressed, turned and set by hand. */
export function Hands({ state }: { state: PageState }) {
    void state.frame.value
    const controls = state.history.value?.controls ?? []
    if (controls.length === 0 || !state.can("hand")) return null
    return (
        <Panel title="By hand">
            <div class="hands">
                {controls.map(control => (
                    <Hand key={control.name} control={control} state={state} />
                ))}
            </div>
        </Panel>
    )
}

interface HandProps {
    control: WorldControlled
    state: PageState
}

function Hand({ control, state }: HandProps) {
    const { name, what, how } = control
    const act = (to?: number) => state.ask({ kind: "hand", name, ...(to !== undefined && { to }) })
    const title = (
        <>
            {name} <span class="pale">{what}</span>
        </>
    )
    if (how === "press")
        return (
            <div class="hand">
                <button type="button" onClick={() => act()}>
                    Press
                </button>
                <span>{title}</span>
            </div>
        )
    if (how === "set") return <Slider control={control} onSet={act} />
    return (
        <div class="hand">
            <button type="button" aria-label={`Turn ${name} back`} onClick={() => act(-1)}>
                <Icon name="turnBack" />
            </button>
            <button type="button" aria-label={`Turn ${name} on`} onClick={() => act(1)}>
                <Icon name="turnOn" />
            </button>
            <span>{title}</span>
        </div>
    )
}

interface SliderProps {
    control: WorldControlled
    onSet: (value: number) => void
}

/** Until it is set by hand the world itself says what it is. */
function Slider({ control: { name, what, low = 0, high = 1 }, onSet }: SliderProps) {
    const [value, setValue] = useState<number | undefined>(undefined)
    const set = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
        setValue(Number(currentTarget.value))
        onSet(Number(currentTarget.value))
    }
    return (
        <label class="hand">
            <input
                type="range"
                min={low}
                max={high}
                step={(high - low) / PLACES}
                value={value ?? (low + high) / 2}
                onInput={set}
            />
            <span>
                {name} <span class="pale">{what}</span>{" "}
                <output>{value === undefined ? "by itself" : +value.toPrecision(3)}</output>
            </span>
        </label>
    )
}
