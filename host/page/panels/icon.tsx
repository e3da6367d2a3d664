/** What an icon is drawn of, in a square of 16: no font has to have it. */
const PATHS = {
    pause: "M5.5 3.5v9M10.5 3.5v9",
    play: "M5 3.5v9l7-4.5z",
    back: "M12 3.5v9L6 8zM4.5 3.5v9",
    on: "M4 3.5v9L10 8zM11.5 3.5v9",
    snapshot:
        "M2.5 5h2.6l1-1.6h3.8L10.9 5h2.6v7.5h-11zM8 10.8a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2z",
    mark: "M4.5 13.5v-11h7.5l-2 3 2 3H4.5",
    exact: "M8 2v2.5M8 11.5V14M2 8h2.5M11.5 8H14M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    keep: "M8 2.5v7.5M4.8 7.2 8 10.4l3.2-3.2M3 13.5h10",
    keys: "M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.8 7h.01M5.5 9.3h5",
    sun: "M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM8 2v1.3M8 12.7V14M2 8h1.3M12.7 8H14M3.8 3.8l.9.9M11.3 11.3l.9.9M12.2 3.8l-.9.9M4.7 11.3l-.9.9",
    moon: "M12.8 9.8A5.3 5.3 0 0 1 6.2 3.2a5.3 5.3 0 1 0 6.6 6.6z",
    good: "M3.5 8.5 6.5 11.5 12.5 4.5",
    warning: "M8 3 14 13H2zM8 6.8v3M8 11.4v.01",
    bad: "M4.5 4.5l7 7M11.5 4.5l-7 7",
    turnBack: "M3 6.5a5.3 5.3 0 1 1 .2 3.6M3 3v3.5h3.5",
    turnOn: "M13 6.5a5.3 5.3 0 1 0-.2 3.6M13 3v3.5H9.5",
    close: "M4 4l8 8M12 4l-8 8",
    open: "M6 4l4 4-4 4",
} as const

export type IconName = keyof typeof PATHS

/** A picture beside a word that says the same, or on a button that has its name. */
export function Icon({ name }: { name: IconName }) {
    return (
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={PATHS[name]} />
        </svg>
    )
}
