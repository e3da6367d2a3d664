/** Jobs in the order they came: what the language calls microtasks, done when the world says so. */
export class JobQueue {
    private jobs: (() => void)[] = []

    add(job: () => void): void {
        this.jobs.push(job)
    }

    /** Does all jobs, and those they add. */
    drain(): void {
        for (let next = 0; next < this.jobs.length; next++) this.jobs[next]!()
        this.jobs = []
    }
}

type Reaction = { fulfilled: (value: unknown) => void; rejected: (reason: unknown) => void }

/**
 * A class of promises whose reactions wait in `jobs` instead of the host's own queue, so that a library
 * that is written with promises does all it has to do at a moment before that moment ends: nothing of
 * it depends on the host's event loop. Otherwise as the language has them (Promises/A+).
 */
export function orderedPromise(jobs: Pick<JobQueue, "add">): PromiseConstructor {
    class OrderedPromise {
        private state: "pending" | "fulfilled" | "rejected" = "pending"
        private value: unknown
        private reactions: Reaction[] = []

        constructor(
            executor: (
                resolve: (value: unknown) => void,
                reject: (reason: unknown) => void,
            ) => void,
        ) {
            let called = false
            const once = (act: (value: unknown) => void) => (value: unknown) => {
                if (called) return
                called = true
                act(value)
            }
            const resolve = once(value => this.resolve(value))
            const reject = once(reason => this.settle("rejected", reason))
            try {
                executor(resolve, reject)
            } catch (error) {
                reject(error)
            }
        }

        then(
            onFulfilled?: (value: unknown) => unknown,
            onRejected?: (reason: unknown) => unknown,
        ): OrderedPromise {
            return new OrderedPromise((resolve, reject) => {
                const react =
                    (handler: ((value: unknown) => unknown) | undefined, pass: typeof resolve) =>
                    (value: unknown) => {
                        if (typeof handler !== "function") return pass(value)
                        try {
                            resolve(handler(value))
                        } catch (error) {
                            reject(error)
                        }
                    }
                this.reactions.push({
                    fulfilled: react(onFulfilled, resolve),
                    rejected: react(onRejected, reject),
                })
                this.schedule()
            })
        }

        catch(onRejected: (reason: unknown) => unknown): OrderedPromise {
            return this.then(undefined, onRejected)
        }

        finally(action: () => unknown): OrderedPromise {
            return this.then(
                value => OrderedPromise.resolve(action()).then(() => value),
                reason =>
                    OrderedPromise.resolve(action()).then(() => {
                        throw reason
                    }),
            )
        }

        static resolve(value?: unknown): OrderedPromise {
            return value instanceof OrderedPromise
                ? value
                : new OrderedPromise(resolve => resolve(value))
        }

        static reject(reason: unknown): OrderedPromise {
            return new OrderedPromise((_, reject) => reject(reason))
        }

        static all(values: Iterable<unknown>): OrderedPromise {
            return new OrderedPromise((resolve, reject) => {
                const results: unknown[] = []
                let open = 1
                const closed = () => --open === 0 && resolve(results)
                for (const value of values) {
                    const index = results.push(undefined) - 1
                    open++
                    OrderedPromise.resolve(value).then(result => {
                        results[index] = result
                        closed()
                    }, reject)
                }
                closed()
            })
        }

        static race(values: Iterable<unknown>): OrderedPromise {
            return new OrderedPromise((resolve, reject) => {
                for (const value of values) OrderedPromise.resolve(value).then(resolve, reject)
            })
        }

        private resolve(value: unknown): void {
            if (value === this) return this.settle("rejected", new TypeError("a promise of itself"))
            let then: unknown
            try {
                then = (value as { then?: unknown } | undefined | null)?.then
            } catch (error) {
                return this.settle("rejected", error)
            }
            if (typeof then !== "function") return this.settle("fulfilled", value)
            jobs.add(() => {
                const follow = new OrderedPromise((resolve, reject) =>
                    (then as (...handlers: unknown[]) => void).call(value, resolve, reject),
                )
                follow.then(
                    result => this.settle("fulfilled", result),
                    reason => this.settle("rejected", reason),
                )
            })
        }

        private settle(state: "fulfilled" | "rejected", value: unknown): void {
            this.state = state
            this.value = value
            this.schedule()
        }

        private schedule(): void {
            const { state, value } = this
            if (state === "pending") return
            for (const reaction of this.reactions.splice(0)) jobs.add(() => reaction[state](value))
        }
    }
    return OrderedPromise as unknown as PromiseConstructor
}
