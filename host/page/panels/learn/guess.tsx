import { useSignal, type Signal } from "@preact/signals"
import { formatRatio } from "../../../base/format-units"

interface GuessProps {
    ask: string
    /** What the guess is called, for who does not see it. */
    name: string
    answer: number
    /** The same for people, with its unit. */
    shown: string
    /** What it is of, in words. */
    of: string
    isTold: Signal<boolean>
}

/** Asks for a number, and tells then what it is. */
export function Guess({ ask, name, answer, shown, of, isTold }: GuessProps) {
    const guess = useSignal("")
    const guessed = Number(guess.value)
    return (
        <div>
            <p>{ask}</p>
            <form
                class="guess"
                onSubmit={event => {
                    event.preventDefault()
                    isTold.value = true
                }}
            >
                <input
                    type="number"
                    min={0}
                    step="any"
                    aria-label={name}
                    value={guess.value}
                    disabled={isTold.value}
                    onInput={event => (guess.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={isTold.value}>
                    {guess.value === "" ? "Just tell me" : "That is my guess"}
                </button>
            </form>
            <p role="status">
                {isTold.value && (
                    <>
                        The VM says <b>{shown}</b> ({of}).{" "}
                        {guess.value !== "" && judge(guessed, answer)}
                    </>
                )}
            </p>
        </div>
    )
}

function judge(guessed: number, answer: number): string {
    if (guessed === answer) return "That is what you said."
    return answer > 0 ? `Your guess is ${formatRatio(guessed / answer)} of it.` : ""
}
