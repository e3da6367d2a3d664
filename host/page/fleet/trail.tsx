/** Of a heap, in thousandths. */
const WHOLE = 1000
const HEIGHT = 28

/** Live bytes of a board's last samples, from nothing to its whole heap. */
export function Trail({ trail }: { trail: readonly number[] }) {
    const width = Math.max(1, trail.length - 1)
    const points = trail.map((live, i) => `${i},${HEIGHT * (1 - Math.min(1, live / WHOLE))}`)
    return (
        <svg
            class="trail"
            viewBox={`0 0 ${width} ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {trail.length > 1 && (
                <>
                    <polygon points={[`0,${HEIGHT}`, ...points, `${width},${HEIGHT}`].join(" ")} />
                    <polyline points={points.join(" ")} />
                </>
            )}
        </svg>
    )
}
