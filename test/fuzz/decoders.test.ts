import { beforeAll, expect, test } from "vitest"
import { makeCorpus, type Corpus } from "./corpus"
import { DRIVERS } from "./decoders"
import { Random } from "./mutate"

const COUNT = Number(process.env.HEAPSCOPE_FUZZ_COUNT ?? 1000)
const FROM = Number(process.env.HEAPSCOPE_FUZZ_FROM ?? 0)
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
/** None takes longer, on a machine that has other things to do. Milliseconds. */
const MAX_INPUT_MS = 5000
const TOLD_EVERY = 100_000

let corpus: Corpus
beforeAll(async () => {
    corpus = await makeCorpus()
})

test.each(Object.entries(DRIVERS))(
    `%s: ${COUNT.toLocaleString("en-US")} hostile inputs`,
    (name, make) => {
        const driver = make(corpus)
        let longest = 0
        let before = performance.now()
        for (let i = FROM; i < FROM + COUNT; i++) {
            try {
                driver(new Random(SEED * 1_000_003 + i))
            } catch (error) {
                throw new Error(
                    `npm run fuzz -- ${name} --seed ${SEED} --from ${i} --count 1: ${(error as Error).stack}`,
                    { cause: error },
                )
            }
            const now = performance.now()
            longest = Math.max(longest, now - before)
            before = now
            if ((i + 1) % TOLD_EVERY === 0)
                console.log(`${name}: ${(i + 1).toLocaleString("en-US")} with seed ${SEED}`)
        }
        expect(longest).toBeLessThan(MAX_INPUT_MS)
    },
    24 * 3_600_000,
)
