import type { Arrival, Arrivals } from "./door"

/** The same arrivals, of which `listener` hears each as the board takes it. */
export function heardArrivals(arrivals: Arrivals, listener: (arrival: Arrival) => void): Arrivals {
    return {
        clock: arrivals.clock,
        reset: () => arrivals.reset(),
        put: arrival => arrivals.put(arrival),
        settling: () => arrivals.settling(),
        take() {
            const next = arrivals.take()
            if (next) listener(next)
            return next
        },
    }
}
