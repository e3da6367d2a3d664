import type { Signal } from "@preact/signals"

interface ChoiceProps<T extends string> {
    /** What is chosen, for who does not see it. */
    name: string
    ways: readonly (readonly [T, string])[]
    chosen: Signal<T>
}

/** One of a few ways to show the same. */
export function Choice<T extends string>({ name, ways, chosen }: ChoiceProps<T>) {
    return (
        <span class="choice" role="group" aria-label={name}>
            {ways.map(([way, title]) => (
                <button
                    key={way}
                    type="button"
                    aria-pressed={chosen.value === way}
                    onClick={() => (chosen.value = way)}
                >
                    {title}
                </button>
            ))}
        </span>
    )
}
