import { cachedDataVersionTag } from "node:v8"
import { expect, onTestFinished, test, vi } from "vitest"
import { keepYoungSpaceSmall } from "../../../../host/base/node/young-space"

// A newer V8 may not have the flag, and is left alone.
test.skipIf(Number.parseInt(process.versions.v8) > 13)(
    "flags are for a short command, then V8's own, and for kept code those that it was made under",
    () => {
        vi.useFakeTimers()
        onTestFinished(() => void vi.useRealTimers())
        const own = cachedDataVersionTag()
        for (const isLong of [false, true]) {
            const flagsAsFirst = keepYoungSpaceSmall(3000)
            const first = cachedDataVersionTag()
            expect(first).not.toBe(own)
            vi.advanceTimersByTime(2999)
            expect(cachedDataVersionTag()).toBe(first)
            if (isLong) vi.advanceTimersByTime(1)
            expect(cachedDataVersionTag()).toBe(isLong ? own : first)
            flagsAsFirst()
            expect(cachedDataVersionTag()).toBe(first)
            expect(vi.getTimerCount()).toBe(0)
            // As the other tests of this process have it.
            keepYoungSpaceSmall(0)
            vi.runAllTimers()
            expect(cachedDataVersionTag()).toBe(own)
        }
    },
)
